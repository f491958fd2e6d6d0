package io.inquest.kernel.dwarf;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.io.MemorySource;
import io.inquest.kernel.dwarf.UnitHeader.Section;
import io.inquest.kernel.elf.SectionCursor;
import io.inquest.kernel.elf.SectionFault;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Operations by their numbers in DWARF 5, section 7.7.1.
final class ExpressionTest {

    /// Register 3 holds 0x100, memory at 0x110 holds 0x1122334455667788; the frame begins at 0x2000.
    private static final ExpressionContext CONTEXT = new ExpressionContext() {
        @Override
        public OptionalLong register(int number) {
            return number == 3 ? OptionalLong.of(0x100) : OptionalLong.empty();
        }

        @Override
        public OptionalLong frameAddress() {
            return OptionalLong.of(0x2000);
        }

        @Override
        public OptionalLong frameBase() {
            return OptionalLong.of(0x3000);
        }

        @Override
        public OptionalLong memory(long address, int bytes) {
            return address == 0x110
                    ? OptionalLong.of(0x1122334455667788L & -1L >>> (64 - 8 * bytes))
                    : OptionalLong.empty();
        }

        @Override
        public long moved(long address) {
            return address + 0x1000_0000;
        }
    };

    private static Location evaluate(int... bytes) {
        byte[] code = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            code[i] = (byte) bytes[i];
        }
        SectionCursor cursor = new SectionCursor(new MemorySource("code", code), ByteOrder.LITTLE_ENDIAN, 64);
        return Expression.locate(unit(), cursor, code.length, CONTEXT);
    }

    private static Unit unit() {
        try {
            return Fixtures.dwarf("shapes-dwarf5.o").file(0).unit(Section.INFO, 0);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void assertValue(long expected, int... bytes) {
        int[] withEnd = Arrays.copyOf(bytes, bytes.length + 1);
        withEnd[bytes.length] = 0x9f;
        assertThat(evaluate(withEnd)).isEqualTo(new Location.Value(expected));
    }

    @Test
    void placesAreMemoryAndRegisters() {
        assertThat(evaluate(0x03, 8, 0, 0, 0, 0, 0, 0, 0)).isEqualTo(new Location.InMemory(0x1000_0008));
        assertThat(evaluate(0x53)).isEqualTo(new Location.InRegister(3));
        assertThat(evaluate(0x90, 17)).isEqualTo(new Location.InRegister(17));
        assertThat(evaluate(0x73, 0x10)).isEqualTo(new Location.InMemory(0x110));
        assertThat(evaluate(0x92, 3, 0x78)).isEqualTo(new Location.InMemory(0xf8));
        assertThat(evaluate(0x91, 0x70)).isEqualTo(new Location.InMemory(0x2ff0));
        assertThat(evaluate(0x9c)).isEqualTo(new Location.InMemory(0x2000));
    }

    @Test
    void memoryIsReadByWordsAndParts() {
        assertValue(0x1122334455667788L, 0x73, 0x10, 0x06);
        assertValue(0x7788, 0x73, 0x10, 0x94, 2);
        assertThat(evaluate(0x73, 0, 0x06, 0x9f)).isInstanceOf(Location.Unknown.class);
    }

    @Test
    void constantsAreOfEachSizeAndSign() {
        assertValue(0xff, 0x08, 0xff);
        assertValue(-1, 0x09, 0xff);
        assertValue(0xffff, 0x0a, 0xff, 0xff);
        assertValue(-2, 0x0b, 0xfe, 0xff);
        assertValue(0xffff_fffeL, 0x0c, 0xfe, 0xff, 0xff, 0xff);
        assertValue(-2, 0x0d, 0xfe, 0xff, 0xff, 0xff);
        assertValue(12857, 0x10, 0xb9, 0x64);
        assertValue(-128, 0x11, 0x80, 0x7f);
        assertValue(31, 0x4f);
        assertThat(evaluate(0x9e, 2, 0x34, 0x12)).isEqualTo(new Location.Value(0x1234));
    }

    @Test
    void stackIsArranged() {
        assertValue(2, 0x31, 0x32, 0x12, 0x13);
        assertValue(1, 0x31, 0x32, 0x14);
        assertValue(1, 0x31, 0x32, 0x33, 0x15, 2);
        assertValue(1, 0x31, 0x32, 0x16);
        assertValue(2, 0x31, 0x32, 0x33, 0x17);
        assertValue(3, 0x31, 0x32, 0x33, 0x17, 0x13, 0x13);
    }

    @Test
    void arithmeticIsThatOf64Bits() {
        assertValue(5, 0x32, 0x33, 0x22);
        assertValue(-1, 0x32, 0x33, 0x1c);
        assertValue(2, 0x37, 0x33, 0x1b);
        assertValue(1, 0x37, 0x33, 0x1d);
        assertValue(0, 0x37, 0x30, 0x1b);
        assertValue(56, 0x37, 0x33, 0x24);
        assertValue(1, 0x11, 0x7f, 0x08, 63, 0x25);
        assertValue(-1, 0x11, 0x7f, 0x08, 63, 0x26);
        assertValue(105, 0x35, 0x23, 100);
        assertValue(1, 0x35, 0x36, 0x2d);
        assertValue(0, 0x35, 0x36, 0x29);
        assertValue(7, 0x11, 0x79, 0x19);
    }

    @Test
    void branchesAreFollowed() {
        assertValue(2, 0x31, 0x28, 4, 0, 0x31, 0x2f, 1, 0, 0x32);
        assertThat(evaluate(0x2f, 0xfd, 0xff)).isEqualTo(new Location.Unknown("its expression has no end"));
        assertThat(evaluate(0x2f, 0x10, 0)).isEqualTo(new Location.Unknown("its expression jumps out of itself"));
    }

    @Test
    void whatCannotBeKnownSaysWhy() {
        assertThat(evaluate()).isEqualTo(new Location.Unknown("it is optimized out"));
        assertThat(evaluate(0x70, 0)).isEqualTo(new Location.Unknown("register 0 is not known here"));
        assertThat(evaluate(0x53, 0x93, 4)).isEqualTo(new Location.Unknown("it is in several parts"));
        assertThat(evaluate(0xa3, 1, 0x55, 0x9f))
                .isEqualTo(new Location.Unknown("only its value at the entry of the function is told"));
        assertThat(evaluate(0x22)).isEqualTo(new Location.Unknown("its expression takes from an empty stack"));
        assertThat(evaluate(0xff)).isEqualTo(new Location.Unknown("its expression has the unknown operation 0xff"));
    }

    @Test
    void randomBytesNeverHang() {
        Random random = new Random(17);
        Unit unit = unit();
        for (int i = 0; i < 20_000; i++) {
            byte[] code = new byte[random.nextInt(24)];
            random.nextBytes(code);
            SectionCursor cursor = new SectionCursor(new MemorySource("code", code), ByteOrder.LITTLE_ENDIAN, 64);
            try {
                assertThat(Expression.locate(unit, cursor, code.length, CONTEXT))
                        .isNotNull();
            } catch (SectionFault cut) {
                assertThat(cut).hasMessageMatching("(?s).*(code|debug_addr|shapes).*");
            }
        }
    }
}
