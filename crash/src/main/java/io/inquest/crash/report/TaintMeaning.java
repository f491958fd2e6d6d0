package io.inquest.crash.report;

import java.util.Optional;

/// What the letters of a kernel's taint mean. Source: `taint_flags` of kernel/panic.c,
/// Documentation/admin-guide/tainted-kernels.rst.
final class TaintMeaning {

    private TaintMeaning() {}

    /// Empty for `G`, which only says that no proprietary module was loaded, and for letters without a meaning.
    static Optional<String> of(char letter) {
        return Optional.ofNullable(
                switch (letter) {
                    case 'P' -> "a proprietary module was loaded";
                    case 'F' -> "a module was loaded by force";
                    case 'S' -> "the processor is out of its specification";
                    case 'R' -> "a module was unloaded by force";
                    case 'M' -> "the processor reported a machine check";
                    case 'B' -> "a bad page was found";
                    case 'U' -> "tainted at the user's wish";
                    case 'D' -> "the kernel had died before: an oops or BUG";
                    case 'A' -> "the ACPI tables were overridden";
                    case 'W' -> "a warning had occurred";
                    case 'C' -> "a staging driver was loaded";
                    case 'I' -> "a workaround for a firmware bug is in place";
                    case 'O' -> "a module from outside of the kernel's tree was loaded";
                    case 'E' -> "a module without signature was loaded";
                    case 'L' -> "a soft lockup had occurred";
                    case 'K' -> "the kernel was live patched";
                    case 'X' -> "tainted for the distribution's own reasons";
                    case 'T' -> "structures were laid out at random";
                    case 'N' -> "a test of the kernel had run";
                    case 'J' -> "a fwctl debug write was used";
                    default -> null;
                });
    }
}
