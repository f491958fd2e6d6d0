package io.inquest.kernel.vm;

import java.util.ArrayList;
import java.util.List;

/// Names of the bits in `vm_flags` (`include/linux/mm.h`), which no type information has.
///
/// Bits from 32 on differ by architecture and configuration and are told as numbers.
public final class AreaFlags {

    /// The name of each bit from 0 on. Two have changed their use: 0x800 denied writing until 5.15
    /// (8d0920bde5eb) and marks areas with guard pages since 6.19; 0x1000 meant an executable file before 3.7
    /// (e9714acf8c43).
    private static final List<String> NAMES = List.of(
            "READ",
            "WRITE",
            "EXEC",
            "SHARED",
            "MAYREAD",
            "MAYWRITE",
            "MAYEXEC",
            "MAYSHARE",
            "GROWSDOWN",
            "UFFD_MISSING",
            "PFNMAP",
            "MAYBE_GUARD",
            "UFFD_WP",
            "LOCKED",
            "IO",
            "SEQ_READ",
            "RAND_READ",
            "DONTCOPY",
            "DONTEXPAND",
            "LOCKONFAULT",
            "ACCOUNT",
            "NORESERVE",
            "HUGETLB",
            "SYNC",
            "ARCH_1",
            "WIPEONFORK",
            "DONTDUMP",
            "SOFTDIRTY",
            "MIXEDMAP",
            "HUGEPAGE",
            "NOHUGEPAGE",
            "MERGEABLE");

    private AreaFlags() {}

    /// The names of the bits that are set.
    public static List<String> names(long flags) {
        List<String> names = new ArrayList<>();
        for (int bit = 0; bit < Long.SIZE; bit++) {
            if ((flags >>> bit & 1) != 0) {
                names.add(bit < NAMES.size() ? NAMES.get(bit) : "0x" + Long.toHexString(1L << bit));
            }
        }
        return names;
    }
}
