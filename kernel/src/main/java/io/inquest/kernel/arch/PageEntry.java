package io.inquest.kernel.arch;

import java.util.List;

/// What an entry of a page table says.
///
/// @param state what the entry is for
/// @param physical address of the page or table that it leads to; 0 when it leads nowhere
/// @param flags names of its flag bits, from the lowest
/// @param swapArea number of the swap area that holds the page, for [State#SWAPPED]
/// @param swapOffset which page of it
public record PageEntry(State state, long physical, List<String> flags, int swapArea, long swapOffset) {

    /// What an entry is for.
    public enum State {
        /// All bits are zero.
        EMPTY,
        /// It leads to a page or table.
        PRESENT,
        /// It leads to a page that nobody may touch for now.
        PROTECTED,
        /// The page is in a swap area (or migrates, or is broken, which the kernel keeps as areas behind the
        /// real ones).
        SWAPPED
    }

    public PageEntry {
        flags = List.copyOf(flags);
    }
}
