package io.inquest.kernel.symbol;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.VmcoreInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/// The kernel's own symbol table, as every kernel with `CONFIG_KALLSYMS` carries it in its image (kernel:
/// `kernel/kallsyms.c`, `scripts/kallsyms.c`; docs/formats/kallsyms.md). No debug file is needed for it, and a
/// dump of any level has it.
///
/// Its forms differ between kernels; which one is there is told by what fits, never by the kernel's version.
public final class Kallsyms {

    private final SymbolTable symbols;
    private final String source;

    private Kallsyms(SymbolTable symbols, String source) {
        this.symbols = symbols;
        this.source = source;
    }

    /// Reads the tables whose places vmcoreinfo gives.
    ///
    /// Throws a [DumpException] that says what does not fit, or what cannot be read.
    public static Kallsyms open(AddressSpace space, VmcoreInfo info) throws IOException {
        try {
            Optional<KallsymsTables> tables = KallsymsTables.of(info, space);
            return read(
                    space,
                    tables.orElseThrow(() -> new DumpException("vmcoreinfo does not say where kallsyms is")),
                    info.symbol("_stext"));
        } catch (MemoryFault fault) {
            throw new DumpException("kallsyms cannot be read: " + fault.getMessage(), fault);
        }
    }

    static Kallsyms read(AddressSpace space, KallsymsTables tables, OptionalLong stext) throws IOException {
        tables.check();
        byte[] nameBytes = bytes(space, tables.names(), tables.namesBytes());
        byte[] tokenText = bytes(space, tables.tokenTable(), tables.tokenTableBytes());
        byte[] tokenIndex = bytes(space, tables.tokenIndex(), TokenTable.INDEX_BYTES);
        TokenTable tokens =
                TokenTable.parse(tokenText, ByteBuffer.wrap(tokenIndex).order(space.order()));
        NameRecords records = NameRecords.split(nameBytes, space.order(), tables.count());
        KallsymsNames names = new KallsymsNames(nameBytes, records.starts(), records.form(), tokens);
        KallsymsAddresses values = KallsymsAddresses.read(space, tables);
        NameIndex index = new SeqsSearch(space, tables, names)
                .find(nameBytes, records.markersEnd())
                .<NameIndex>map(seqs -> seqs)
                .orElseGet(() -> new NameHashes(names));
        AddressEncoding encoding = encoding(values, index.first(SymbolNames.bytes("_stext")), stext);
        long[] addresses = values.decode(encoding);
        SymbolTable symbols = new SymbolTable("", names, addresses, addresses[addresses.length - 1], index);
        return new Kallsyms(symbols, "kallsyms (" + tables.foundBy() + ", " + encoding.words() + ")");
    }

    private static AddressEncoding encoding(KallsymsAddresses values, int stextIndex, OptionalLong stext)
            throws DumpException {
        return stext.isPresent() && stextIndex >= 0
                ? values.encoding(stextIndex, stext.getAsLong())
                : values.encoding();
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
}
