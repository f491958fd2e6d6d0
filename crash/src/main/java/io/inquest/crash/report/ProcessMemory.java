package io.inquest.crash.report;

import io.inquest.output.ByteSize;

/// A process and the memory it had.
///
/// @param comm its name
/// @param pid its number
/// @param residentBytes pages of it that were in memory: of files, anonymous and shared
public record ProcessMemory(String comm, int pid, long residentBytes) {

    /// `NAME (pid N) with 60.1 MiB`.
    public String describe() {
        return comm + " (pid " + pid + ") with " + ByteSize.format(residentBytes);
    }
}
