package io.inquest.kernel.page;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What the kernel and the filter know of one page frame.
///
/// @param pfn the frame
/// @param rule what decides its class
/// @param decidedAt the frame whose struct page decides: the first of the free block or compound page it
///     belongs to, or itself
/// @param frames number of frames decided there at once
/// @param structPage its own struct page, as far as there is one that can be read
public record PageInfo(long pfn, Rule rule, long decidedAt, long frames, Optional<StructPage> structPage) {

    public PageClass pageClass() {
        return rule.pageClass();
    }

    /// The members of a struct page that the filter looks at.
    ///
    /// @param address virtual address of the structure
    /// @param flags the word `flags`, with zone and node in its high bits
    /// @param flagNames those of its flags that the dump names, such as `lru`
    /// @param type the word at `_mapcount`: number of mappings minus one, or a page type
    /// @param typeName name of the page type; `none` if it is a map count, `other` if the dump does not name it
    /// @param refcount number of references
    /// @param mapping pointer to the mapping, with its low bits
    /// @param privateData the word `private`: the order of a free block
    /// @param head for a tail of a compound page, the frame of its head
    /// @param order log2 of the pages of the compound page that begins here, 0 if none does
    public record StructPage(
            long address,
            long flags,
            List<String> flagNames,
            int type,
            String typeName,
            int refcount,
            long mapping,
            long privateData,
            OptionalLong head,
            int order) {}
}
