package io.inquest.kernel.symbol;

import io.inquest.kernel.AddressSpace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/// Finds the tables of kallsyms in a kernel image that does not tell where they are: before 6.0 vmcoreinfo had no
/// word of them.
///
/// Each step is one that a wrong place does not pass:
///
/// 1. The digits are always tokens of themselves, so the token table holds `0\0 1\0 … 9\0`. The 256 indexes behind
///    it must be those of its strings.
/// 2. Before the token table, at some distance, is a number, and behind it are so many names, and behind those
///    markers that agree with them.
/// 3. The addresses are before the number or behind the token index. Which of the tables that may be there it is,
///    `_stext` decides: [Kallsyms] tries them in turn.
final class KallsymsScan {

    /// Debian's images have 42 to 53 MiB, those with everything built in 100.
    private static final long IMAGE_BYTES = 128L << 20;

    private static final int WINDOW_BYTES = 1 << 20;

    /// Longer than a token table with its indexes, so that each lies wholly in some window.
    private static final int OVERLAP_BYTES = 32 << 10;

    private static final int ZERO_DIGIT = '0';
    private static final int DIGITS = 10;

    private static final long NAMES_BYTES = 16L << 20;

    /// So many have two markers: one alone is a zero, and proves nothing.
    private static final int FEWEST_SYMBOLS = 257;

    private static final int LETTERS_CHECKED = 64;
    private static final String LETTERS = "TtDdRrBbAaWwVvCGgIiNpSsUu-?";

    /// Records looked at before a damaged or hostile image is given up.
    private static final long MOST_RECORDS = 50_000_000;

    private final AddressSpace space;
    private final ReadablePages image;
    private final List<KallsymsTables> found = new ArrayList<>();
    private long recordsLeft = MOST_RECORDS;

    private KallsymsScan(AddressSpace space) {
        this.space = space;
        this.image = new ReadablePages(space);
    }

    /// The tables that may be meant, the likeliest first, in the image from `start` on; none when there are none.
    static List<KallsymsTables> find(AddressSpace space, long start) throws IOException {
        KallsymsScan scan = new KallsymsScan(space);
        for (long at = start; at - start < IMAGE_BYTES && scan.found.isEmpty(); at += WINDOW_BYTES - OVERLAP_BYTES) {
            scan.window(at);
        }
        return scan.found;
    }

    private void window(long start) throws IOException {
        byte[] bytes = image.read(start, WINDOW_BYTES);
        for (int at = 0; at < bytes.length - 2 * DIGITS && found.isEmpty(); at++) {
            if (isDigits(bytes, at)) {
                tokenTable(start, bytes, at);
            }
        }
    }

    private static boolean isDigits(byte[] bytes, int at) {
        for (int digit = 0; digit < DIGITS; digit++) {
            if (bytes[at + 2 * digit] != ZERO_DIGIT + digit || bytes[at + 2 * digit + 1] != 0) {
                return false;
            }
        }
        return true;
    }

    /// The indexes follow the last string at the next even address up to a word's alignment.
    private void tokenTable(long start, byte[] bytes, int zero) throws IOException {
        int end = zero;
        for (int token = ZERO_DIGIT; token < TokenTable.TOKENS && end < bytes.length; token++) {
            while (end < bytes.length && bytes[end] != 0) {
                end++;
            }
            end++;
        }
        ByteBuffer indexes = ByteBuffer.wrap(bytes).order(space.order());
        for (int at = (end + 1) & -2; at < end + Long.BYTES; at += Short.BYTES) {
            if (at + TokenTable.INDEX_BYTES <= bytes.length) {
                int table = zero - (indexes.getShort(at + ZERO_DIGIT * Short.BYTES) & 0xffff);
                if (table >= 0 && areIndexes(indexes, at, table)) {
                    byte[] text = Arrays.copyOfRange(bytes, table, at);
                    TokenTable tokens = TokenTable.parse(
                            text, indexes.slice(at, TokenTable.INDEX_BYTES).order(space.order()));
                    names(start + table, start + at, tokens);
                    return;
                }
            }
        }
    }

    private static boolean areIndexes(ByteBuffer bytes, int indexes, int table) {
        int string = table;
        for (int token = 0; token < TokenTable.TOKENS; token++) {
            if ((bytes.getShort(indexes + token * Short.BYTES) & 0xffff) != string - table) {
                return false;
            }
            while (string < indexes && bytes.get(string) != 0) {
                string++;
            }
            string++;
        }
        return string <= indexes + 1;
    }

    private void names(long tokenTable, long tokenIndex, TokenTable tokens) throws IOException {
        byte[] bytes = image.read(tokenTable - NAMES_BYTES, (int) NAMES_BYTES);
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(space.order());
        for (int names = bytes.length - Integer.BYTES; names >= Long.BYTES && recordsLeft > 0; names -= Integer.BYTES) {
            for (int number = Integer.BYTES; number <= Long.BYTES; number += Integer.BYTES) {
                int count = numbers.getInt(names - number);
                if (isPlausible(count, bytes.length - names) && areNames(bytes, names, count, tokens)) {
                    long address = tokenTable - bytes.length + names;
                    addCandidates(address, number, count, tokenTable, tokenIndex);
                    return;
                }
            }
        }
    }

    /// A name has two tokens at least, and no kernel's have forty on average.
    private static boolean isPlausible(int count, int bytes) {
        return count >= FEWEST_SYMBOLS && count <= bytes / 3 && count >= bytes / 48;
    }

    private boolean areNames(byte[] bytes, int from, int count, TokenTable tokens) {
        for (LengthForm form : LengthForm.values()) {
            int records = beginWithLetters(bytes, from, form, tokens) ? form.fitting(bytes, from, count) : 0;
            recordsLeft -= 1 + records;
            if (records == count && NameRecords.fits(bytes, from, space.order(), form, count)) {
                return true;
            }
        }
        return false;
    }

    /// Whether the first records have a type: of bytes that are no records, one in some does not.
    private static boolean beginWithLetters(byte[] bytes, int from, LengthForm form, TokenTable tokens) {
        int at = from;
        for (int record = 0; record < LETTERS_CHECKED; record++) {
            int first = at + form.headBytes(bytes, at);
            if (first >= bytes.length || LETTERS.indexOf(tokens.first(bytes[first] & 0xff)) < 0) {
                return false;
            }
            at = first + form.length(bytes, at);
            if (at >= bytes.length) {
                return false;
            }
        }
        return true;
    }

    private void addCandidates(long names, int numberBytes, int count, long tokenTable, long tokenIndex) {
        int word = space.wordBytes();
        long behind = tokenIndex + TokenTable.INDEX_BYTES;
        long number = names - numberBytes;
        long offsetBytes = (long) Integer.BYTES * count;
        for (int alignment = word; alignment >= Integer.BYTES; alignment -= Integer.BYTES) {
            long offsets = align(behind, alignment);
            long base = align(offsets + offsetBytes, alignment);
            add(names, count, tokenTable, tokenIndex, OptionalLong.of(offsets), OptionalLong.of(base));
            add(names, count, tokenTable, tokenIndex, OptionalLong.of(offsets), OptionalLong.empty());
            long baseBefore = number - word;
            long offsetsBefore = (baseBefore - offsetBytes) & -alignment;
            add(names, count, tokenTable, tokenIndex, OptionalLong.of(offsetsBefore), OptionalLong.of(baseBefore));
        }
        addAbsolute(names, count, tokenTable, tokenIndex, align(behind, word));
        addAbsolute(names, count, tokenTable, tokenIndex, number - (long) word * count);
    }

    private static long align(long address, int alignment) {
        return (address + alignment - 1) & -alignment;
    }

    private void add(long names, int count, long tokenTable, long tokenIndex, OptionalLong offsets, OptionalLong base) {
        found.add(new KallsymsTables(
                names, count, tokenTable, tokenIndex, offsets, base, OptionalLong.empty(), "found by scan"));
    }

    private void addAbsolute(long names, int count, long tokenTable, long tokenIndex, long addresses) {
        found.add(new KallsymsTables(
                names,
                count,
                tokenTable,
                tokenIndex,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.of(addresses),
                "found by scan"));
    }
}
