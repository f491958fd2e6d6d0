package io.inquest.capture.storage.raw;

/// A file on a raw device.
///
/// @param folder that of its crash, as it would be on a file system
/// @param name the file's
/// @param offset its first byte's place on the device
/// @param bytes how many there are; of an unfinished one it may be how many there may be
/// @param state whether all of it is there
/// @param sha256 of all its bytes, in hexadecimal digits; zeros while it is unfinished
public record RawEntry(String folder, String name, long offset, long bytes, State state, String sha256) {

    static final String NO_CHECKSUM = "0".repeat(64);

    /// How far a file is.
    public enum State {
        UNFINISHED(0),
        WHOLE(1);

        private final int code;

        State(int code) {
            this.code = code;
        }

        /// As the index has it.
        int code() {
            return code;
        }
    }

    public long end() {
        return offset + bytes;
    }

    /// The same when all of it was written and read back.
    RawEntry whole(String checksum) {
        return new RawEntry(folder, name, offset, bytes, State.WHOLE, checksum);
    }

    boolean isNamed(String itsFolder, String itsName) {
        return folder.equals(itsFolder) && name.equals(itsName);
    }
}
