package io.inquest.kernel.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.io.MemorySource;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class SectionCursorTest {

    private static SectionCursor cursor(ByteOrder order, int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return new SectionCursor(new MemorySource(".debug_info", content), order, 1);
    }

    @Test
    void numbersAreReadInTheirByteOrder() {
        int[] bytes = {1, 2, 3, 4, 5, 6, 7, 8};
        assertThat(cursor(ByteOrder.LITTLE_ENDIAN, bytes).i64()).isEqualTo(0x0807060504030201L);
        assertThat(cursor(ByteOrder.BIG_ENDIAN, bytes).i64()).isEqualTo(0x0102030405060708L);
        assertThat(cursor(ByteOrder.LITTLE_ENDIAN, bytes).unsigned(3)).isEqualTo(0x030201);
        assertThat(cursor(ByteOrder.BIG_ENDIAN, bytes).unsigned(3)).isEqualTo(0x010203);
        assertThat(cursor(ByteOrder.LITTLE_ENDIAN, 0xff, 0xff, 0xff, 0xff).u32())
                .isEqualTo(0xffff_ffffL);
    }

    @Test
    void leb128IsReadAsTheSpecificationShows() {
        assertThat(cursor(ByteOrder.LITTLE_ENDIAN, 0x02).uleb()).isEqualTo(2);
        assertThat(cursor(ByteOrder.LITTLE_ENDIAN, 0xb9, 0x64).uleb()).isEqualTo(12857);
        assertThat(cursor(ByteOrder.LITTLE_ENDIAN, 0x7e).sleb()).isEqualTo(-2);
        assertThat(cursor(ByteOrder.LITTLE_ENDIAN, 0x80, 0x7f).sleb()).isEqualTo(-128);
        assertThat(cursor(ByteOrder.LITTLE_ENDIAN, 0x81, 0x01).sleb()).isEqualTo(129);
        int[] ten = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01};
        assertThat(cursor(ByteOrder.LITTLE_ENDIAN, ten).uleb()).isEqualTo(-1);
        int[] thirteen = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01};
        assertThat(cursor(ByteOrder.LITTLE_ENDIAN, thirteen).uleb()).isEqualTo(-1);
    }

    @Test
    void stringsAcrossWindowsAreWhole() {
        String text = "a string that is longer than the window of sixteen bytes";
        byte[] bytes = (text + "\0b\0").getBytes(StandardCharsets.UTF_8);
        SectionCursor cursor = new SectionCursor(new MemorySource(".debug_str", bytes), ByteOrder.LITTLE_ENDIAN, 16);
        assertThat(cursor.string()).isEqualTo(text);
        assertThat(cursor.string()).isEqualTo("b");
        assertThat(cursor.hasRemaining()).isFalse();
    }

    @Test
    void readingOutsideTheSectionIsAFault() {
        SectionCursor cursor = cursor(ByteOrder.LITTLE_ENDIAN, 1, 2, 3);
        assertThatThrownBy(cursor::u32)
                .isInstanceOf(SectionFault.class)
                .hasMessageContaining(".debug_info: ends at 0x3");
        assertThatThrownBy(() -> cursor.seek(4)).isInstanceOf(SectionFault.class);
        assertThatThrownBy(() -> cursor.seek(-1)).isInstanceOf(SectionFault.class);
        assertThatThrownBy(() -> cursor.skip(-1)).isInstanceOf(SectionFault.class);
        assertThatThrownBy(() -> cursor.skip(Long.MAX_VALUE)).isInstanceOf(SectionFault.class);
        assertThatThrownBy(cursor::string).isInstanceOf(SectionFault.class);
        assertThatThrownBy(() -> cursor.seek(0).bytes(4)).isInstanceOf(SectionFault.class);
    }
}
