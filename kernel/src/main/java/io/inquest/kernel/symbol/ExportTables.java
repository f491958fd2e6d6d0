package io.inquest.kernel.symbol;

import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.VmcoreInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// What the kernel exports to its modules (`__ksymtab`, `__ksymtab_gpl`; kernel: `include/linux/export-internal.h`),
/// found in an image whose kallsyms is lost.
///
/// | Form                                   | Bytes | Members, each 4 bytes, counted from where it is         |
/// |----------------------------------------|------:|---------------------------------------------------------|
/// | since 4.19 (7290d5809571), x86, arm64, … |     8 | `value_offset`, `name_offset`                           |
/// | since 5.4 (8651ec01daed)               |    12 | the same, `namespace_offset`                            |
///
/// Nothing says where the tables are; but their names ascend, since the kernel searches them by halves.
final class ExportTables {

    private static final long IMAGE_BYTES = 128L << 20;
    private static final int WINDOW_BYTES = 8 << 20;

    /// The tables and their names lie within that of each other.
    private static final int OVERLAP_BYTES = 2 << 20;

    private static final int WORD = Integer.BYTES;
    private static final int[] ENTRY_BYTES = {12, 8};

    /// Ascending names one behind the other that are no chance.
    private static final int FEWEST = 64;

    private static final int LONGEST_NAME = 512;

    private final AddressSpace space;
    private final ReadablePages image;
    private final long start;
    private final TreeMap<String, Long> found = new TreeMap<>();
    private long window;
    private byte[] bytes = {};

    private ExportTables(AddressSpace space, long start) {
        this.space = space;
        this.image = new ReadablePages(space);
        this.start = start;
    }

    /// The exported symbols and those of vmcoreinfo; empty when the image from `_stext` on has no such table.
    static Optional<SymbolTable> find(AddressSpace space, VmcoreInfo info) throws IOException {
        OptionalLong text = info.symbol("_stext");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        ExportTables tables = new ExportTables(space, text.getAsLong());
        tables.scan();
        if (tables.found.isEmpty()) {
            return Optional.empty();
        }
        info.symbols().forEach(tables.found::put);
        return Optional.of(tables.table());
    }

    private void scan() throws IOException {
        for (long from = 0; from < IMAGE_BYTES; from += WINDOW_BYTES - OVERLAP_BYTES) {
            window = start + from;
            bytes = image.read(window, WINDOW_BYTES);
            int before = found.size();
            scanWindow();
            if (before > 0 && found.size() == before) {
                return;
            }
        }
    }

    private void scanWindow() {
        ByteBuffer words = ByteBuffer.wrap(bytes).order(space.order());
        for (int at = 0; at < bytes.length - FEWEST * ENTRY_BYTES[0]; ) {
            int end = at;
            for (int size : ENTRY_BYTES) {
                end = end == at ? table(words, at, size) : end;
            }
            at = end > at ? end : at + WORD;
        }
    }

    /// Takes the table that begins at `at`, if one does; answers where it ends.
    private int table(ByteBuffer words, int at, int size) {
        int count = 0;
        int last = -1;
        int entry = at;
        for (; entry <= bytes.length - size; entry += size) {
            int name = entry + WORD + words.getInt(entry + WORD);
            if (!isName(name) || (last < 0 ? bytes[name - 1] != 0 : compare(last, name) > 0)) {
                break;
            }
            last = name;
            count++;
        }
        if (count < FEWEST) {
            return at;
        }
        for (int each = at; each < entry; each += size) {
            found.put(name(each + WORD + words.getInt(each + WORD)), window + each + words.getInt(each));
        }
        return entry;
    }

    /// Whether an identifier begins there. Some are the ends of longer ones: the linker merges strings.
    private boolean isName(int at) {
        return at > 0 && at < bytes.length - 2 && isLetter(bytes[at]) && isLetter(bytes[at + 1]);
    }

    private static boolean isLetter(byte each) {
        return each == '_'
                || (each >= 'a' && each <= 'z')
                || (each >= 'A' && each <= 'Z')
                || (each >= '0' && each <= '9');
    }

    private int compare(int one, int other) {
        for (int i = 0; i < LONGEST_NAME && Math.max(one, other) + i < bytes.length; i++) {
            int difference = (bytes[one + i] & 0xff) - (bytes[other + i] & 0xff);
            if (difference != 0 || bytes[one + i] == 0) {
                return difference;
            }
        }
        return 0;
    }

    private String name(int at) {
        StringBuilder name = new StringBuilder();
        for (int i = at; i < Math.min(at + LONGEST_NAME, bytes.length) && bytes[i] != 0; i++) {
            name.append((char) (bytes[i] & 0xff));
        }
        return name.toString();
    }

    private SymbolTable table() {
        List<String> names = new ArrayList<>(found.keySet());
        names.sort((one, other) -> Long.compareUnsigned(address(one), address(other)));
        ByteArrayOutputStream strings = new ByteArrayOutputStream();
        int[] starts = new int[names.size()];
        byte[] types = new byte[names.size()];
        long[] addresses = new long[names.size()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = strings.size();
            strings.writeBytes(SymbolNames.bytes(names.get(i)));
            strings.write(0);
            types[i] = '?';
            addresses[i] = address(names.get(i));
        }
        PackedNames packed = new PackedNames(strings.toByteArray(), starts, types);
        return new SymbolTable("", packed, new SymbolPlaces(addresses, new long[0], new long[0]), null);
    }

    private long address(String name) {
        return found.getOrDefault(name, 0L);
    }
}
