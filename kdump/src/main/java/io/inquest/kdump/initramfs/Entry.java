package io.inquest.kdump.initramfs;

/// What an archive has at one path. All of it belongs to root.
sealed interface Entry {

    /// Permission bits.
    int mode();

    record Folder(int mode) implements Entry {}

    record RegularFile(int mode, Content content) implements Entry {}

    /// A symbolic link.
    ///
    /// @param target as it is written in the link
    record Link(String target) implements Entry {

        @Override
        public int mode() {
            return 0777;
        }
    }

    record CharacterDevice(int mode, int major, int minor) implements Entry {}
}
