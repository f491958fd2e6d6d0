package io.inquest.kernel.stack.orc;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.FlatSpace;
import io.inquest.testkit.OrcBuilder;
import io.inquest.testkit.SyntheticMemory;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OrcLayoutSearchTest {

    private static final long TEXT = 0xffff_ffff_8100_0000L;
    private static final long ADDRESSES = 0xffff_ffff_8200_0000L;
    private static final long ENTRIES = 0xffff_ffff_8210_0000L;
    private static final long HEADER = 0xffff_ffff_8220_0000L;
    private static final long NULL_ENTRY = 0xffff_ffff_8220_0100L;

    private final SyntheticMemory memory = new SyntheticMemory(ByteOrder.LITTLE_ENDIAN);
    private final Map<String, Long> symbols = new HashMap<>();

    /// Three in four entries are plain calls; the code of `ret_from_fork` ends a stack.
    private OrcTable table(int plainCall, int end) {
        OrcBuilder orc = new OrcBuilder(TEXT);
        for (int i = 0; i < 1000; i++) {
            boolean plain = i % 4 != 0;
            orc.entry(16L * i, 8, 0, i == 500 ? end : plain ? plainCall : plainCall + 0x10);
        }
        symbols.put("ret_from_fork", TEXT + 16 * 499);
        memory.put(ADDRESSES, orc.addresses(ADDRESSES));
        memory.put(ENTRIES, orc.entries());
        return OrcTable.of(new FlatSpace(memory, 8), ADDRESSES, ENTRIES, orc.count())
                .orElseThrow();
    }

    private Optional<OrcLayoutSearch.Found> find(OrcTable table) {
        return OrcLayoutSearch.find(
                new FlatSpace(memory, 8),
                name -> symbols.containsKey(name) ? OptionalLong.of(symbols.get(name)) : OptionalLong.empty(),
                table);
    }

    @ParameterizedTest
    @CsvSource({
        "ORIGINAL, 0x0005, 0x0400",
        "SIGNAL, 0x0005, 0x0800",
        "END_TYPE, 0x0205, 0x0100",
        "REORDERED, 0x0203, 0x0100"
    })
    void layoutIsToldByTheEntriesAlone(OrcLayout layout, String plainCall, String end) {
        Optional<OrcLayoutSearch.Found> found = find(table(Integer.decode(plainCall), Integer.decode(end)));

        assertThat(found).contains(new OrcLayoutSearch.Found(layout, "trial"));
    }

    @ParameterizedTest
    @CsvSource({
        "ORIGINAL, 0x0005, 0x0400",
        "SIGNAL, 0x0005, 0x0800",
        "END_TYPE, 0x0205, 0x0100",
        "REORDERED, 0x0203, 0x0100"
    })
    void layoutIsToldByTheEntryOfNull(OrcLayout layout, String plainCall, String end) {
        symbols.put("null_orc_entry", NULL_ENTRY);
        memory.put16(NULL_ENTRY, 8);
        memory.put16(NULL_ENTRY + 4, Integer.decode(plainCall));

        assertThat(find(table(0x7777, Integer.decode(end))))
                .contains(new OrcLayoutSearch.Found(layout, "null_orc_entry"));
    }

    @Test
    void hashGoesFirst() {
        symbols.put("__start_orc_header", HEADER);
        memory.put(HEADER, HexFormat.of().parseHex(OrcLayout.REORDERED.hash()));

        assertThat(find(table(0x0205, 0x0100))).contains(new OrcLayoutSearch.Found(OrcLayout.REORDERED, "its header"));
    }

    @Test
    void hashThatNobodyKnowsLeavesTheEntriesToTell() {
        symbols.put("__start_orc_header", HEADER);
        memory.put64(HEADER, 42);
        memory.put(HEADER + 8, new byte[12]);

        assertThat(find(table(0x0205, 0x0100))).contains(new OrcLayoutSearch.Found(OrcLayout.END_TYPE, "trial"));
    }

    @Test
    void noiseIsNoLayout() {
        assertThat(find(table(0x7777, 0x7777))).isEmpty();
    }

    @Test
    void tableThatTheDumpLacksIsNoLayout() {
        OrcTable table = table(0x0205, 0x0100);
        memory.pages().clear();

        assertThat(find(table)).isEmpty();
    }
}
