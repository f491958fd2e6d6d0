package io.inquest.crash.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.type.ArrayType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ValueTextTest {

    private final TinyMemory memory = new TinyMemory();
    private final ValueText plain = new ValueText(false, AddressNames.NONE, 256);

    @Test
    void structIsPrintedAsGdbDoes() {
        fillTask();
        ValueText named = new ValueText(false, address -> address == 0xffff_ffff_8100_0010L ? "init+16" : "", 256);
        assertThat(named.of(memory.at(0, memory.task), 0)).isEqualTo("""
                {
                  pid = -7,
                  low = -3,
                  high = 9,
                  comm = "ab\\n\\000\\000\\000\\000",
                  tasks = {
                    next = 0xffffffff81000010 <init+16>,
                    prev = 0x0
                  },
                  {
                    word = 18446744073709551615,
                    half = -1
                  },
                  state = GONE,
                  numbers = {1, 2, 3},
                  name = 0xffffffff81000008 "ab\\n"
                }""");
    }

    private void fillTask() {
        memory.page.putInt(0, -7);
        memory.page.put(4, (byte) (5 | 9 << 3));
        memory.page.put(8, "ab\n".getBytes(StandardCharsets.US_ASCII));
        memory.page.putLong(16, TinyMemory.BASE + 16);
        memory.page.putLong(32, -1);
        memory.page.putInt(40, 2);
        memory.page.putInt(44, 1).putInt(48, 2).putInt(52, 3);
        memory.page.putLong(56, TinyMemory.BASE + 8);
    }

    @Test
    void hexadecimalLeavesNamesAndStringsAsTheyAre() {
        fillTask();
        String text = new ValueText(true, AddressNames.NONE, 256).of(memory.at(0, memory.task), 0);
        assertThat(text)
                .contains(
                        "pid = 0xfffffff9,", "low = 0x", "state = GONE", "comm = \"ab\\n", "numbers = {0x1, 0x2, 0x3}");
    }

    @Test
    void aCharacterStandsBesideItsNumber() {
        memory.page.put(0, (byte) 'A').put(1, (byte) 0).put(2, (byte) -1).put(3, (byte) 1);
        assertThat(plain.of(memory.at(0, TinyMemory.CHAR), 0)).isEqualTo("65 'A'");
        assertThat(plain.of(memory.at(1, TinyMemory.CHAR), 0)).isEqualTo("0 '\\000'");
        assertThat(plain.of(memory.at(2, TinyMemory.CHAR), 0)).isEqualTo("-1 '\\377'");
        assertThat(plain.of(memory.at(3, TinyMemory.BOOL), 0)).isEqualTo("true");
    }

    @Test
    void longArraysAreCut() {
        ValueText few = new ValueText(false, AddressNames.NONE, 2);
        assertThat(few.of(memory.at(0, new ArrayType(() -> TinyMemory.INT, 3)), 0))
                .isEqualTo("{0, 0...}");
        assertThat(few.of(memory.at(0, new ArrayType(() -> TinyMemory.CHAR, 8)), 0))
                .isEqualTo("\"\\000\\000\"...");
    }

    @Test
    void structsInArraysFollowEachOtherOnOneLine() {
        assertThat(plain.of(memory.at(0, new ArrayType(() -> memory.listHead, 2)), 0))
                .isEqualTo("""
                {{
                    next = 0x0,
                    prev = 0x0
                  }, {
                    next = 0x0,
                    prev = 0x0
                  }}""");
    }

    @Test
    void flagsAreNamedTogether() {
        memory.page.putInt(0, 3).putInt(4, 9).putInt(8, 0);
        assertThat(plain.of(memory.at(0, TinyMemory.FLAGS), 0)).isEqualTo("(A | B)");
        assertThat(plain.of(memory.at(4, TinyMemory.FLAGS), 0)).isEqualTo("(A | unknown: 0x8)");
        assertThat(plain.of(memory.at(8, TinyMemory.FLAGS), 0)).isEqualTo("0");
    }

    @Test
    void whatTheDumpLacksIsToldAndTheRestPrinted() {
        memory.page.putLong(4088, 0x10);
        assertThat(plain.of(memory.at(4088, memory.listHead), 0)).isEqualTo("""
                {
                  next = 0x10,
                  prev = <page excluded>
                }""");
    }

    @Test
    void aPointerToTextThatCannotBeReadSaysSo() {
        memory.page.putLong(0, 0x10);
        assertThat(plain.of(memory.at(0, memory.pointerTo(TinyMemory.CHAR)), 0))
                .isEqualTo("0x10 <error: Cannot access memory at address 0x10>");
    }
}
