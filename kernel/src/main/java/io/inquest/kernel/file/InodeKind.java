package io.inquest.kernel.file;

import io.inquest.kernel.object.KernelObject;

/// What an inode is, by the type bits of its mode (`include/uapi/linux/stat.h`).
public enum InodeKind {
    REGULAR(0x8000, "REG"),
    DIRECTORY(0x4000, "DIR"),
    CHARACTER_DEVICE(0x2000, "CHR"),
    BLOCK_DEVICE(0x6000, "BLK"),
    FIFO(0x1000, "FIFO"),
    SOCKET(0xc000, "SOCK"),
    SYMBOLIC_LINK(0xa000, "LNK"),
    /// No type bits, as the inode that anonymous files share.
    UNKNOWN(0, "UNKN");

    private static final long TYPE_MASK = 0xf000;

    private final int bits;
    private final String label;

    InodeKind(int bits, String label) {
        this.bits = bits;
        this.label = label;
    }

    /// The word that crash shows.
    public String label() {
        return label;
    }

    /// The kind of a `struct inode`.
    public static InodeKind of(KernelObject inode) {
        long type = inode.member("i_mode").unsigned() & TYPE_MASK;
        for (InodeKind kind : values()) {
            if (kind.bits == type) {
                return kind;
            }
        }
        return UNKNOWN;
    }
}
