package io.inquest.capture.config;

/// A block device, as it is named.
public record Device(Kind kind, String name) {

    /// What the name is.
    public enum Kind {
        /// A path under `/dev`.
        NODE(""),
        LABEL("LABEL="),
        UUID("UUID="),
        PARTITION_LABEL("PARTLABEL="),
        PARTITION_UUID("PARTUUID="),
        /// The tag of a virtiofs share, which has no device.
        TAG("");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        public String prefix() {
            return prefix;
        }
    }

    /// Whether the name is one that the kernel gives in the order in which it finds disks: in the capture kernel, which
    /// finds fewer of them, it may be another disk's.
    public boolean mayBeAnotherTomorrow() {
        if (kind != Kind.NODE || !name.startsWith("/dev/")) {
            return false;
        }
        String last = name.substring("/dev/".length());
        return last.startsWith("sd")
                || last.startsWith("vd")
                || last.startsWith("hd")
                || last.startsWith("xvd")
                || last.startsWith("nvme");
    }

    @Override
    public String toString() {
        return kind.prefix + name;
    }
}
