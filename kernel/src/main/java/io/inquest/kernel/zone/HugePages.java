package io.inquest.kernel.zone;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The pool of huge pages of one size (`struct hstate`, `mm/hugetlb.c`).
///
/// @param struct its `struct hstate`
public record HugePages(KernelObject struct) {

    /// `HUGE_MAX_HSTATE` is at most 4.
    private static final long MOST_SIZES = 16;

    /// The pools of all sizes; none in a kernel without them.
    public static List<HugePages> of(Kernel kernel) throws IOException {
        List<HugePages> pools = new ArrayList<>();
        if (kernel.symbols().address("hstates").isEmpty()) {
            return pools;
        }
        KernelObject array = kernel.object("hstates");
        long count = kernel.object("hugetlb_max_hstate").unsigned();
        for (int i = 0; i < Math.min(count, MOST_SIZES); i++) {
            pools.add(new HugePages(array.element(i)));
        }
        return pools;
    }

    public long address() {
        return struct.address();
    }

    public String name() {
        return struct.member("name").string();
    }

    /// log2 of the small pages in a huge one.
    public int order() {
        return struct.member("order").intValue();
    }

    public long total() {
        return struct.member("nr_huge_pages").unsigned();
    }

    public long free() {
        return struct.member("free_huge_pages").unsigned();
    }
}
