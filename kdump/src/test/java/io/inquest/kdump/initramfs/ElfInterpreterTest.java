package io.inquest.kdump.initramfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ElfInterpreterTest {

    private static final String LOADER = "/lib64/ld.so";

    /// A header, two program headers of which the second is PT_INTERP, and the name.
    private static byte[] program(ByteOrder order) {
        byte[] name = (LOADER + "\0").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer elf = ByteBuffer.allocate(64 + 2 * 56 + name.length).order(order);
        elf.put(0, new byte[] {0x7f, 'E', 'L', 'F', 2, (byte) (order == ByteOrder.BIG_ENDIAN ? 2 : 1)});
        elf.putLong(32, 64).putShort(54, (short) 56).putShort(56, (short) 2);
        elf.putInt(64, 1);
        elf.putInt(64 + 56, 3).putLong(64 + 56 + 8, 64 + 2 * 56).putLong(64 + 56 + 32, name.length);
        elf.put(64 + 2 * 56, name);
        return elf.array();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theLoaderIsRead(boolean isBigEndian) throws IOException {
        byte[] program = program(isBigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);

        assertThat(ElfInterpreter.of(program, "program")).contains(LOADER);
    }

    @Test
    void aProgramWithoutOneIsStatic() throws IOException {
        byte[] program = program(ByteOrder.LITTLE_ENDIAN);
        program[56] = 1;

        assertThat(ElfInterpreter.of(program, "program")).isEmpty();
        assertThat(ElfInterpreter.of("#!/bin/sh".getBytes(StandardCharsets.US_ASCII), "script"))
                .isEmpty();
    }

    @Test
    void aNameBeyondTheEndIsTold() {
        byte[] program = program(ByteOrder.LITTLE_ENDIAN);
        program[64 + 56 + 33] = 1;

        assertThatThrownBy(() -> ElfInterpreter.of(program, "program"))
                .isInstanceOf(IOException.class)
                .hasMessage("program: its loader's name lies beyond its end");
    }

    @Test
    void everyTruncationAndFlippedBytesAreAnsweredOrRefused() {
        byte[] program = program(ByteOrder.LITTLE_ENDIAN);
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = Arrays.copyOf(program, i < program.length ? i : program.length);
            for (int flips = i < program.length ? 0 : 1 + random.nextInt(4); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                ElfInterpreter.of(damaged, "program");
            } catch (IOException refused) {
                assertThat(refused).hasMessageStartingWith("program: ");
            }
        }
    }
}
