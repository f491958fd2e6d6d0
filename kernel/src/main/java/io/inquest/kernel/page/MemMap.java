package io.inquest.kernel.page;

import java.io.IOException;

/// Where the kernel keeps the struct pages of its page frames.
///
/// Found piece by piece when asked: no implementation holds something of the size of the machine. Safe for many
/// threads at once.
sealed interface MemMap permits NodeMemMap, SparseMemMap {

    MemoryModel model();

    /// The piece that holds `pfn`; frames the kernel knows nothing of lie in a hole. Never throws for what the
    /// dump holds: a broken piece is a hole, and reported once.
    MapPiece piece(long pfn) throws IOException;
}
