package io.inquest.kernel.symbol;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Hex;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.kernel.symbol.KallsymsAddresses.Landmark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The kernel's own symbol table, as every kernel with `CONFIG_KALLSYMS` carries it in its image (kernel:
/// `kernel/kallsyms.c`, `scripts/kallsyms.c`; docs/formats/kallsyms.md). No debug file is needed for it, and a
/// dump of any level has it.
///
/// Its forms differ between kernels; which one is there is told by what fits, never by the kernel's version.
public final class Kallsyms {

    private static final List<String> LANDMARKS = List.of("_stext", "init_uts_ns", "swapper_pg_dir", "init_top_pgt");

    private final SymbolTable symbols;
    private final String source;
    private final boolean damaged;

    private Kallsyms(SymbolTable symbols, String source, boolean damaged) {
        this.symbols = symbols;
        this.source = source;
        this.damaged = damaged;
    }

    /// Reads the tables where vmcoreinfo says that they are, or else where the image from `_stext` on has them.
    ///
    /// Throws a [DumpException] that says what does not fit, or what cannot be read.
    public static Kallsyms open(AddressSpace space, VmcoreInfo info) throws IOException {
        try {
            Optional<KallsymsTables> tables = KallsymsTables.of(info, space);
            if (tables.isPresent()) {
                return read(space, tables.get(), info);
            }
        } catch (MemoryFault fault) {
            return scan(space, info, new DumpException("kallsyms cannot be read: " + fault.getMessage(), fault));
        } catch (DumpException damaged) {
            return scan(space, info, damaged);
        }
        return scan(space, info, new DumpException("vmcoreinfo does not say where kallsyms is"));
    }

    private static Kallsyms scan(AddressSpace space, VmcoreInfo info, DumpException reason) throws IOException {
        long start = info.symbol("_stext").orElseThrow(() -> reason);
        for (KallsymsTables tables : KallsymsScan.find(space, start)) {
            Optional<Kallsyms> fitting = readIfFitting(space, tables, info);
            if (fitting.isPresent()) {
                return fitting.get();
            }
        }
        throw new DumpException(
                reason.getMessage() + "; none is in the kernel image from " + Hex.of(start) + " on, either", reason);
    }

    private static Optional<Kallsyms> readIfFitting(AddressSpace space, KallsymsTables tables, VmcoreInfo info)
            throws IOException {
        try {
            return Optional.of(read(space, tables, info));
        } catch (DumpException | MemoryFault otherTables) {
            return Optional.empty();
        }
    }

    static Kallsyms read(AddressSpace space, KallsymsTables tables, VmcoreInfo info) throws IOException {
        tables.check();
        byte[] nameBytes = new ReadablePages(space).read(tables.names(), tables.namesBytes());
        byte[] tokenText = bytes(space, tables.tokenTable(), tables.tokenTableBytes());
        byte[] tokenIndex = bytes(space, tables.tokenIndex(), TokenTable.INDEX_BYTES);
        TokenTable tokens =
                TokenTable.parse(tokenText, ByteBuffer.wrap(tokenIndex).order(space.order()));
        NameRecords records = NameRecords.split(nameBytes, space.order(), tables.count());
        KallsymsNames names = new KallsymsNames(nameBytes, records, tokens);
        KallsymsAddresses values = KallsymsAddresses.read(space, tables);
        NameIndex index = index(space, tables, names, nameBytes, records);
        AddressEncoding encoding = values.encoding(landmarks(index, info));
        BitSet lostAddresses = new BitSet();
        long[] addresses = values.decode(encoding, lostAddresses);
        if (!lostAddresses.isEmpty()) {
            records = records.without(lostAddresses);
            names = new KallsymsNames(nameBytes, records, tokens);
            index = new NameHashes(names);
        }
        SymbolPlaces places = new SymbolPlaces(addresses, new long[0], new long[0]);
        int lost = records.lost().cardinality();
        String damage = lost == 0 ? "" : ", " + lost + " of " + tables.count() + " names lost to damage";
        String source = "kallsyms (" + tables.foundBy() + ", " + encoding.words() + damage + ")";
        return new Kallsyms(new SymbolTable("", names, places, index), source, lost > 0);
    }

    /// The kernel's own order of names leads astray where some of them are lost.
    private static NameIndex index(
            AddressSpace space, KallsymsTables tables, KallsymsNames names, byte[] nameBytes, NameRecords records)
            throws IOException {
        if (!records.lost().isEmpty()) {
            return new NameHashes(names);
        }
        return new SeqsSearch(space, tables, names)
                .find(nameBytes, records.markersEnd())
                .<NameIndex>map(seqs -> seqs)
                .orElseGet(() -> new NameHashes(names));
    }

    /// `_stext` has neighbours of the same address, so that a table read one symbol off could pass with it alone.
    private static List<Landmark> landmarks(NameIndex index, VmcoreInfo info) {
        List<Landmark> landmarks = new ArrayList<>();
        for (String name : LANDMARKS) {
            int found = index.first(SymbolNames.bytes(name));
            OptionalLong address = info.symbol(name);
            if (found >= 0 && address.isPresent()) {
                landmarks.add(new Landmark(name, found, address.getAsLong()));
            }
        }
        return landmarks;
    }

    private static byte[] bytes(AddressSpace space, long address, int count) throws IOException {
        byte[] bytes = new byte[count];
        space.read(address, ByteBuffer.wrap(bytes));
        return bytes;
    }

    public SymbolTable symbols() {
        return symbols;
    }

    /// Where the symbols came from, in words such as `kallsyms (vmcoreinfo, place-relative)`.
    public String source() {
        return source;
    }

    /// Whether names of it are lost.
    public boolean isDamaged() {
        return damaged;
    }
}
