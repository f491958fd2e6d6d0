package io.inquest.kernel.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One of the things that make a kernel less trustworthy, by its bit in `tainted_mask` (kernel:
/// `Documentation/admin-guide/tainted-kernels.rst`, `kernel/panic.c`).
///
/// @param bit its number
/// @param letter what the kernel's log shows for it
/// @param meaning in words
public record Taint(int bit, char letter, String meaning) {

    /// In the order of the bits, which never changes.
    private static final List<Taint> ALL = List.of(
            new Taint(0, 'P', "a proprietary module was loaded"),
            new Taint(1, 'F', "a module was loaded by force"),
            new Taint(2, 'S', "the kernel ran on a processor or with settings out of specification"),
            new Taint(3, 'R', "a module was unloaded by force"),
            new Taint(4, 'M', "the processor reported a machine check"),
            new Taint(5, 'B', "a page was in a bad state"),
            new Taint(6, 'U', "a user program asked for it"),
            new Taint(7, 'D', "the kernel had died before: an oops or BUG"),
            new Taint(8, 'A', "an ACPI table was overridden"),
            new Taint(9, 'W', "the kernel had warned before"),
            new Taint(10, 'C', "a staging driver was loaded"),
            new Taint(11, 'I', "a bug in the firmware was worked around"),
            new Taint(12, 'O', "a module from outside of the kernel's sources was loaded"),
            new Taint(13, 'E', "an unsigned module was loaded"),
            new Taint(14, 'L', "a soft lockup had occurred"),
            new Taint(15, 'K', "the kernel had been patched while it ran"),
            new Taint(16, 'X', "an auxiliary taint, defined by the distribution"),
            new Taint(17, 'T', "the kernel was built with randomised structs"),
            new Taint(18, 'N', "an in-kernel test had run"),
            new Taint(19, 'J', "user space had used a debug operation of a device's firmware"));

    /// The taints that a mask means, by their bits. Bits that are not known here are left out.
    public static List<Taint> of(long mask) {
        List<Taint> taints = new ArrayList<>();
        for (Taint taint : ALL) {
            if ((mask >>> taint.bit() & 1) != 0) {
                taints.add(taint);
            }
        }
        return taints;
    }

    /// The taint of that letter.
    public static Optional<Taint> ofLetter(char letter) {
        return ALL.stream().filter(taint -> taint.letter() == letter).findFirst();
    }
}
