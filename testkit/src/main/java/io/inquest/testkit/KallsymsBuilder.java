package io.inquest.testkit;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The kallsyms tables of a kernel image in all their forms (kernel: `scripts/kallsyms.c`, `write_src`, of 4.4, 4.6,
/// 4.20, 6.1, 6.2, 6.4 and 7.0; docs/formats/kallsyms.md).
///
/// ```java
/// new KallsymsBuilder(memory, 0xffffffff82000000L)
///         .symbol('T', 0xffffffff81000000L, "_stext").symbol('T', 0xffffffff81000040L, "do_one")
///         .addresses(Addresses.PLACE_RELATIVE).build().tell(vmcoreinfo);
/// ```
///
/// Symbols are written in the order in which they are given.
public final class KallsymsBuilder {

    /// The forms of addresses.
    public enum Addresses {
        ABSOLUTE,
        BASE_RELATIVE,
        SIGNED,
        PLACE_RELATIVE
    }

    /// Which table follows which.
    public enum Order {
        /// Until 6.3: addresses, number, names, markers, seqs, tokens.
        ADDRESSES_FIRST,
        /// Since 6.4: number, names, markers, tokens, addresses, seqs.
        ADDRESSES_LAST
    }

    private record Entry(char type, long address, String name) {}

    private static final String[] PIECES = {"Tsys_", "sys_", "init", "__", "ing", "t_", "D", "er_", "do_"};

    private final SyntheticMemory memory;
    private final List<Entry> symbols = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private final Map<String, Long> places = new LinkedHashMap<>();
    private long at;
    private Addresses addresses = Addresses.SIGNED;
    private Order order = Order.ADDRESSES_LAST;
    private int wordBytes = Long.BYTES;
    private int markerBytes = Integer.BYTES;
    private int alignment = Long.BYTES;
    private boolean longLengths = true;
    private boolean seqs = true;

    /// `address` is where the first table goes.
    public KallsymsBuilder(SyntheticMemory memory, long address) {
        this.memory = memory;
        this.at = address;
    }

    public KallsymsBuilder symbol(char type, long address, String name) {
        symbols.add(new Entry(type, address, name));
        return this;
    }

    public KallsymsBuilder addresses(Addresses form) {
        addresses = form;
        return this;
    }

    public KallsymsBuilder order(Order tables) {
        order = tables;
        return this;
    }

    /// A machine of 4-byte words; 8 unless told.
    public KallsymsBuilder wordBytes(int bytes) {
        wordBytes = bytes;
        alignment = bytes;
        return this;
    }

    /// Before 4.20: number and markers are of type `unsigned long`.
    public KallsymsBuilder longMarkers() {
        markerBytes = wordBytes;
        return this;
    }

    /// Before 6.1: a length is one byte.
    public KallsymsBuilder shortLengths() {
        longLengths = false;
        return this;
    }

    /// Before 6.2: no order by name.
    public KallsymsBuilder withoutSeqs() {
        seqs = false;
        return this;
    }

    /// Where tables begin: 4 bytes instead of a word, as in 7.2.
    public KallsymsBuilder alignment(int bytes) {
        alignment = bytes;
        return this;
    }

    /// Writes the tables.
    public KallsymsBuilder build() {
        chooseTokens();
        if (order == Order.ADDRESSES_FIRST) {
            writeAddresses();
        }
        writeNames();
        if (seqs && order == Order.ADDRESSES_FIRST) {
            writeSeqs();
        }
        writeTokens();
        if (order == Order.ADDRESSES_LAST) {
            writeAddresses();
        }
        if (seqs && order == Order.ADDRESSES_LAST) {
            writeSeqs();
        }
        return this;
    }

    /// Where a table was written, by its symbol such as `kallsyms_names`.
    public long place(String table) {
        return Objects.requireNonNull(places.get(table), table);
    }

    /// The address behind the last table.
    public long end() {
        return at;
    }

    /// Adds what vmcoreinfo says of the tables since 6.0: not where markers and seqs are.
    public KallsymsBuilder tell(VmcoreInfoBuilder info) {
        places.forEach((table, address) -> {
            if (!table.equals("kallsyms_markers") && !table.equals("kallsyms_seqs_of_names")) {
                info.symbol(table, address);
            }
        });
        return this;
    }

    /// Each character at its own number, longer pieces at the numbers that no name uses.
    private void chooseTokens() {
        boolean[] used = new boolean[256];
        for (Entry symbol : symbols) {
            for (char c : (symbol.type() + symbol.name()).toCharArray()) {
                used[c] = true;
            }
        }
        for (char digit = '0'; digit <= '9'; digit++) {
            used[digit] = true;
        }
        int piece = 0;
        for (int i = 0; i < 256; i++) {
            boolean free = !used[i] && i > 0 && piece < PIECES.length;
            tokens.add(used[i] ? String.valueOf((char) i) : free ? PIECES[piece++] : "");
        }
    }

    private void writeNames() {
        start("kallsyms_num_syms");
        putNumber(symbols.size());
        start("kallsyms_names");
        long names = at;
        List<Long> markers = new ArrayList<>();
        for (int i = 0; i < symbols.size(); i++) {
            if (i % 256 == 0) {
                markers.add(at - names);
            }
            byte[] record = record(symbols.get(i));
            memory.put(at, record);
            at += record.length;
        }
        start("kallsyms_markers");
        markers.forEach(this::putNumber);
    }

    private void putNumber(long value) {
        memory.putWord(at, value, markerBytes);
        at += markerBytes;
    }

    private byte[] record(Entry symbol) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        String text = symbol.type() + symbol.name();
        int from = 0;
        while (from < text.length()) {
            int token = longestToken(text, from);
            compressed.write(token);
            from += tokens.get(token).length();
        }
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        int length = compressed.size();
        if (longLengths && length > 0x7f) {
            record.write(0x80 | (length & 0x7f));
            record.write(length >> 7);
        } else {
            record.write(length);
        }
        record.writeBytes(compressed.toByteArray());
        return record.toByteArray();
    }

    private int longestToken(String text, int from) {
        int best = text.charAt(from);
        for (int token = 0; token < tokens.size(); token++) {
            if (tokens.get(token).length() > tokens.get(best).length() && text.startsWith(tokens.get(token), from)) {
                best = token;
            }
        }
        return best;
    }

    private void writeTokens() {
        start("kallsyms_token_table");
        long table = at;
        List<Long> starts = new ArrayList<>();
        for (String token : tokens) {
            starts.add(at - table);
            memory.putText(at, token + "\0");
            at += token.length() + 1;
        }
        start("kallsyms_token_index");
        for (long start : starts) {
            memory.put16(at, (int) start);
            at += Short.BYTES;
        }
    }

    private void writeAddresses() {
        if (addresses == Addresses.ABSOLUTE) {
            start("kallsyms_addresses");
            for (Entry symbol : symbols) {
                memory.putWord(at, symbol.address(), wordBytes);
                at += wordBytes;
            }
            return;
        }
        start("kallsyms_offsets");
        long base = base();
        for (Entry symbol : symbols) {
            memory.put32(at, (int) offset(symbol.address(), base));
            at += Integer.BYTES;
        }
        if (addresses != Addresses.PLACE_RELATIVE) {
            start("kallsyms_relative_base");
            memory.putWord(at, base, wordBytes);
            at += wordBytes;
        }
    }

    private long offset(long address, long base) {
        return switch (addresses) {
            case ABSOLUTE -> throw new IllegalStateException("absolute addresses have no offsets");
            case BASE_RELATIVE -> address - base;
            case SIGNED -> address < 0 ? base - 1 - address : address;
            case PLACE_RELATIVE -> address - at;
        };
    }

    /// The lowest address that is none of the small absolute ones.
    private long base() {
        return symbols.stream()
                .mapToLong(Entry::address)
                .filter(address -> addresses != Addresses.SIGNED || address < 0)
                .min()
                .orElse(0);
    }

    private void writeSeqs() {
        start("kallsyms_seqs_of_names");
        Comparator<Integer> byName = Comparator.comparing(i -> symbols.get(i).name());
        List<Integer> sorted = new ArrayList<>();
        for (int i = 0; i < symbols.size(); i++) {
            sorted.add(i);
        }
        sorted.sort(byName);
        for (int index : sorted) {
            memory.put(at, new byte[] {(byte) (index >> 16), (byte) (index >> 8), (byte) index});
            at += 3;
        }
        start("end");
        places.remove("end");
    }

    private void start(String table) {
        at = (at + alignment - 1) & -alignment;
        places.put(table, at);
        memory.reserve(at, SyntheticMemory.PAGE_BYTES);
    }
}
