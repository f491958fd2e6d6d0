package io.inquest.kernel.symbol;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.AddressSpace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Looks for `kallsyms_seqs_of_names`, whose place nothing tells: the table follows another one, and which one
/// depends on the kernel.
///
/// | Kernels             | Behind                   |
/// |---------------------|--------------------------|
/// | 6.1 stable, 6.2, 6.3 | `kallsyms_markers`      |
/// | 6.4 … 6.19          | `kallsyms_relative_base`, or `kallsyms_addresses` |
/// | since 7.0           | `kallsyms_offsets`       |
///
/// Only an order that names every symbol once is taken for it.
record SeqsSearch(AddressSpace space, KallsymsTables tables, SymbolNames names) {

    private static final int ALIGNMENT = 4;
    private static final int MAX_PADDING = 8;

    /// `behindMarkers` is the index in `nameBytes`, the bytes up to the token table, where the markers end.
    Optional<SeqsOfNames> find(byte[] nameBytes, int behindMarkers) throws IOException {
        Optional<SeqsOfNames> found = in(nameBytes, behindMarkers);
        if (found.isPresent()) {
            return found;
        }
        int wanted = SeqsOfNames.ENTRY_BYTES * tables.count() + MAX_PADDING;
        ByteBuffer bytes = ByteBuffer.allocate(wanted);
        try {
            space.read(behindAddresses(), bytes);
        } catch (MemoryFault notThere) {
            return Optional.empty();
        }
        return in(bytes.array(), 0);
    }

    private Optional<SeqsOfNames> in(byte[] bytes, int from) {
        Optional<SeqsOfNames> found = Optional.empty();
        for (int padding = 0; found.isEmpty() && padding <= MAX_PADDING; padding++) {
            int at = from + padding;
            if (at % ALIGNMENT == 0) {
                found = SeqsOfNames.check(names, bytes, at);
            }
        }
        return found;
    }

    private long behindAddresses() {
        if (tables.relativeBase().isPresent()) {
            return tables.relativeBase().getAsLong() + space.wordBytes();
        }
        if (tables.offsets().isPresent()) {
            return tables.offsets().getAsLong() + (long) Integer.BYTES * tables.count();
        }
        return tables.addresses().orElse(0) + (long) space.wordBytes() * tables.count();
    }
}
