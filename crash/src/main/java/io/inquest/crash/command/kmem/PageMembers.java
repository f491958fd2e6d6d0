package io.inquest.crash.command.kmem;

import io.inquest.crash.UsageException;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.ArrayType;
import io.inquest.kernel.type.IntegerType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.StructType;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Chosen members of struct pages: `kmem -m`.
///
/// Integers are decimal unless the output radix is 16; the word `flags` and all else are hexadecimal, structs word by
/// word.
///
/// @param paths the members: `flags`, `lru.next`
/// @param hexadecimal whether integers are so, too
record PageMembers(List<String> paths, boolean hexadecimal) implements Layout<PageMembers.Row> {

    private static final int HEX_DIGITS_PER_BYTE = 2;

    /// Counts that begin at -1 are always decimal.
    private static final List<String> COUNTS = List.of("_count", "_mapcount");

    /// What the members of a page hold, in their order.
    record Row(long structPage, List<String> values) {}

    /// Understands a list of members, or throws a [UsageException] for one that struct pages do not have.
    static PageMembers parse(String list, Kernel kernel, boolean hexadecimal) throws IOException {
        StructType page = kernel.types().struct("page");
        List<String> paths = List.of(list.split(",", -1));
        for (String path : paths) {
            if (page.memberAt(path).isEmpty()) {
                throw new UsageException("invalid page struct member: " + path);
            }
        }
        return new PageMembers(paths, hexadecimal);
    }

    /// Throws a [io.inquest.dump.MemoryFault] when the dump does not have the page's struct.
    Row of(KernelObject unread) {
        KernelObject page = unread.loadedIfReadable();
        List<String> values = new ArrayList<>(paths.size());
        for (String path : paths) {
            values.add(text(path, page.member(path)));
        }
        return new Row(page.address(), values);
    }

    private String text(String path, KernelObject value) {
        KernelType type = value.type().plain();
        if (COUNTS.contains(path)) {
            return Long.toString(value.find("counter").orElse(value).signed());
        }
        if (type instanceof StructType || type instanceof ArrayType) {
            return words(value);
        }
        if (type instanceof IntegerType integer && !hexadecimal && !path.equals("flags")) {
            return integer.signed() ? Long.toString(value.signed()) : Long.toUnsignedString(value.unsigned());
        }
        return zeroFilled(value.unsigned(), value.bytes());
    }

    /// The words of a struct or array, or the number that one shorter than a word is.
    private static String words(KernelObject value) {
        int wordBytes = value.space().wordBytes();
        if (value.bytes() < wordBytes) {
            return zeroFilled(number(value.memory(), value.space().order()), value.bytes());
        }
        StringBuilder text = new StringBuilder();
        for (long i = 0; i < value.bytes() / wordBytes; i++) {
            text.append(text.isEmpty() ? "" : ",").append(zeroFilled(value.word(i), wordBytes));
        }
        return text.toString();
    }

    private static long number(byte[] bytes, ByteOrder order) {
        long number = 0;
        for (int i = 0; i < bytes.length; i++) {
            int at = order == ByteOrder.BIG_ENDIAN ? i : bytes.length - 1 - i;
            number = (number << Byte.SIZE) | (bytes[at] & 0xff);
        }
        return number;
    }

    private static String zeroFilled(long number, long bytes) {
        String hex = Long.toHexString(number);
        return "0".repeat((int) Math.max(0, HEX_DIGITS_PER_BYTE * bytes - hex.length())) + hex;
    }

    @Override
    public void begin(TextWriter out) throws IOException {
        out.text("      PAGE        ").line(String.join("  ", paths));
    }

    @Override
    public void text(Row row, TextWriter out) throws IOException {
        out.hex(row.structPage(), 16)
                .text("  ")
                .text(String.join("  ", row.values()))
                .line("  ");
    }

    @Override
    public void members(Row row, JsonWriter json) throws IOException {
        json.name("page").hex(row.structPage());
        for (int i = 0; i < paths.size(); i++) {
            json.name(paths.get(i)).value(row.values().get(i));
        }
    }
}
