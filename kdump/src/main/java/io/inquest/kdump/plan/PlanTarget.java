package io.inquest.kdump.plan;

/// Where dumps go, as process 1 makes it ready.
public sealed interface PlanTarget {

    /// Its place among the destinations of the configuration, counted from 0; some of these may be no targets of a
    /// plan.
    int number();

    /// A folder of a file system.
    ///
    /// @param device `UUID=…`, `LABEL=…`, `PARTUUID=…`, `PARTLABEL=…` or a path under `/dev`
    /// @param options of the mount, separated by commas; may be empty
    /// @param path below the file system's root
    record Folder(int number, String type, String device, String options, String path) implements PlanTarget {

        public Folder {
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException(path + ": not absolute");
            }
        }
    }

    /// A whole device.
    record RawDevice(int number, String device) implements PlanTarget {}
}
