package io.inquest.makedumpfile.vmcoreinfo;

import java.util.OptionalLong;

/// The values of `page._mapcount` by which the kernel marks pages that nobody maps (`include/linux/page-flags.h`).
///
/// They are macros, so no type information has them, and makedumpfile leaves them out. But each era shows itself in
/// types:
///
/// | since  | told by                       | value                                                        |
/// |--------|-------------------------------|--------------------------------------------------------------|
/// | 6.12   | `enum pagetype`               | the enumerator in the top byte (4ffca5a96678)                |
/// | 4.18   | `struct page` has `page_type` | all ones but one bit: buddy 0x80, offline 0x100, table 0x200 |
/// |        |                               | (6e292b9be7f4)                                               |
/// | 2.6.38 | neither                       | buddy is -128                                                |
final class PageTypes {

    private static final int BUDDY_BIT = 0x80;
    private static final int OFFLINE_BIT = 0x100;
    private static final long OLD_BUDDY = -128;

    /// Moves a type into the top byte of a long, from where half a shift back makes it the top of a signed `int`.
    private static final int TOP_BYTE = Long.SIZE - Byte.SIZE;

    private PageTypes() {}

    static OptionalLong buddy(KernelFacts facts) {
        OptionalLong named = named(facts, "PGTY_buddy");
        if (named.isPresent() || facts.enumerator("PGTY_slab").isPresent()) {
            return named;
        }
        return OptionalLong.of(hasPageType(facts) ? ~BUDDY_BIT : OLD_BUDDY);
    }

    /// Pages of a balloon or of memory set offline; the bit of 4.18 stood for balloons only, with the same meaning.
    static OptionalLong offline(KernelFacts facts) {
        OptionalLong named = named(facts, "PGTY_offline");
        return named.isPresent()
                        || !hasPageType(facts)
                        || facts.enumerator("PGTY_slab").isPresent()
                ? named
                : OptionalLong.of(~OFFLINE_BIT);
    }

    /// Slab, hugetlb and unaccepted pages have such a value since there is an enumeration of them.
    static OptionalLong named(KernelFacts facts, String enumerator) {
        OptionalLong type = facts.enumerator(enumerator);
        return type.isEmpty() ? type : OptionalLong.of((type.getAsLong() << TOP_BYTE) >> Integer.SIZE);
    }

    private static boolean hasPageType(KernelFacts facts) {
        return facts.offset("page", "page_type").isPresent();
    }
}
