package io.inquest.kernel.stack.orc;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.AddressSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// Finds out which layout a kernel's ORC entries have.
///
/// | Asked in this order | Since | Tells                                                                     |
/// |---------------------|-------|---------------------------------------------------------------------------|
/// | `__start_orc_header`| 6.4   | a hash of the layout's description (b9f174c811e3)                          |
/// | `null_orc_entry`    | 4.16  | the flags of a plain call, the same in the first two layouts              |
/// | the entries         |       | which layout's flags of a plain call occur: they are the most frequent    |
///
/// The first two layouts differ in the bit that means the end: code at which kernel threads and CPUs begin has it.
final class OrcLayoutSearch {

    private static final int HASH_BYTES = 20;
    private static final int FLAGS_AT = 4;

    /// As many entries as lie in a few pages.
    private static final int SAMPLE = 2000;

    private static final int END_OF_SIGNAL = 1 << 11;

    /// Code that nobody called.
    private static final List<String> BEGINNINGS =
            List.of("ret_from_fork", "ret_from_fork_asm", "secondary_startup_64_no_verify", "secondary_startup_64");

    private final AddressSpace space;
    private final Function<String, OptionalLong> symbols;
    private final OrcTable table;

    private OrcLayoutSearch(AddressSpace space, Function<String, OptionalLong> symbols, OrcTable table) {
        this.space = space;
        this.symbols = symbols;
        this.table = table;
    }

    /// A layout, and who told it, in the words of a message.
    record Found(OrcLayout layout, String source) {}

    /// `symbols` gives the address of a symbol of that name.
    static Optional<Found> find(AddressSpace space, Function<String, OptionalLong> symbols, OrcTable table) {
        OrcLayoutSearch search = new OrcLayoutSearch(space, symbols, table);
        return search.byHeader()
                .map(layout -> new Found(layout, "its header"))
                .or(() -> search.byNullEntry().map(layout -> new Found(layout, "null_orc_entry")))
                .or(() -> search.byEntries().map(layout -> new Found(layout, "trial")));
    }

    private Optional<OrcLayout> byHeader() {
        OptionalLong header = symbols.apply("__start_orc_header");
        return header.isEmpty()
                ? Optional.empty()
                : read(header.getAsLong(), HASH_BYTES).flatMap(OrcLayoutSearch::ofHash);
    }

    private static Optional<OrcLayout> ofHash(ByteBuffer bytes) {
        byte[] hash = new byte[HASH_BYTES];
        bytes.get(hash);
        return OrcLayout.ofHash(HexFormat.of().formatHex(hash));
    }

    private Optional<OrcLayout> byNullEntry() {
        OptionalLong entry = symbols.apply("null_orc_entry");
        return entry.isEmpty()
                ? Optional.empty()
                : read(entry.getAsLong(), OrcLayout.ENTRY_BYTES)
                        .flatMap(bytes -> byPlainCall(bytes.getShort(FLAGS_AT) & 0xffff));
    }

    private Optional<OrcLayout> byPlainCall(int flags) {
        for (OrcLayout layout : OrcLayout.values()) {
            if (layout.plainCall() == flags) {
                return Optional.of(layout == OrcLayout.ORIGINAL ? firstOrSecond() : layout);
            }
        }
        return Optional.empty();
    }

    /// The layout whose plain call is the most frequent in a sample from the middle of the table.
    private Optional<OrcLayout> byEntries() {
        int from = Math.max(0, (table.count() - SAMPLE) / 2);
        int most = 0;
        Optional<OrcLayout> best = Optional.empty();
        for (OrcLayout layout : OrcLayout.values()) {
            int plainCalls = 0;
            for (int i = from; i < Math.min(from + SAMPLE, table.count()); i++) {
                plainCalls += flags(i) == layout.plainCall() ? 1 : 0;
            }
            if (plainCalls > most) {
                most = plainCalls;
                best = Optional.of(layout);
            }
        }
        return best.flatMap(layout -> byPlainCall(layout.plainCall()));
    }

    private OrcLayout firstOrSecond() {
        for (String beginning : BEGINNINGS) {
            OptionalLong address = symbols.apply(beginning);
            if (address.isPresent() && hasEndOfSecond(address.getAsLong())) {
                return OrcLayout.SIGNAL;
            }
        }
        return OrcLayout.ORIGINAL;
    }

    private boolean hasEndOfSecond(long address) {
        try {
            int first = table.find(address);
            for (int i = Math.max(first, 0); i < Math.min(first + 8, table.count()); i++) {
                if ((flags(i) & END_OF_SIGNAL) != 0) {
                    return true;
                }
            }
        } catch (MemoryFault lost) {
            return false;
        }
        return false;
    }

    /// 0, which is no layout's plain call, where the table cannot be read.
    private int flags(int index) {
        try {
            return table.flags(index);
        } catch (MemoryFault lost) {
            return 0;
        }
    }

    private Optional<ByteBuffer> read(long address, int bytes) {
        ByteBuffer target = ByteBuffer.allocate(bytes).order(space.order());
        try {
            space.read(address, target);
            return Optional.of(target.flip().order(space.order()));
        } catch (MemoryFault lost) {
            return Optional.empty();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
