package io.inquest.makedumpfile.pipeline;

/// Keeps the heap of a long run as small as that of a short one.
///
/// The serial collector looks for garbage in its old generation only when that has grown to `-Xmx`. What a run of many
/// minutes lets grow old, buffers that happened to be in use when the young generation was collected, is 2 to 3 MiB
/// for each TiB of memory, and would count as the command's memory. A collection that is asked for takes some 20 ms; it
/// is asked for where the windows have come far enough for that not to matter, and only if there is something to win.
final class OldGarbage {

    /// 256 GiB of memory with usual windows: a smaller machine is done before.
    private static final int WINDOWS = 16;

    private static final long WORTH_BYTES = 4 << 20;

    private int windows;
    private long liveBytes = Long.MAX_VALUE;

    /// Another window begins.
    void window() {
        if (++windows % WINDOWS != 0) {
            return;
        }
        Runtime jvm = Runtime.getRuntime();
        if (liveBytes == Long.MAX_VALUE || usedBytes(jvm) - liveBytes > WORTH_BYTES) {
            System.gc();
            liveBytes = usedBytes(jvm);
        }
    }

    private static long usedBytes(Runtime jvm) {
        return jvm.totalMemory() - jvm.freeMemory();
    }
}
