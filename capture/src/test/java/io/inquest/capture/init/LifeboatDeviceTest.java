package io.inquest.capture.init;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What process 1 saves to a raw device without Java (`src/main/native/output.c`): a file of zeros stands for one.
final class LifeboatDeviceTest {

    private static final int DEVICE_BYTES = 1 << 20;

    @TempDir
    private Path folder;

    private Path device;
    private Path core;

    @BeforeEach
    void makeDevice() throws IOException {
        InitProgram.assumeBuilt();
        device = Files.write(folder.resolve("device"), new byte[DEVICE_BYTES]);
        core = Files.write(folder.resolve("core"), EmptyCore.bytes());
    }

    private InitProgram.Ended save() throws IOException, InterruptedException {
        return InitProgram.run("lifeboat", core.toString(), device.toString());
    }

    private void write(long at, byte... bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(device.toFile(), "rw")) {
            file.seek(at);
            file.write(bytes);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// The file that a flattened stream describes, by the layout of makedumpfile's documentation alone.
    private static byte[] rearranged(byte[] stream, int bytes) {
        ByteBuffer in = ByteBuffer.wrap(stream);
        assertThat(new String(stream, 0, 16, StandardCharsets.US_ASCII)).isEqualTo("makedumpfile\0\0\0\0");
        assertThat(in.getLong(16)).isEqualTo(1);
        assertThat(in.getLong(24)).isEqualTo(1);
        byte[] file = new byte[bytes];
        int end = 0;
        in.position(4096);
        for (long offset = in.getLong(); offset >= 0; offset = in.getLong()) {
            int size = (int) in.getLong();
            in.get(file, (int) offset, size);
            end = Math.max(end, (int) offset + size);
        }
        assertThat(in.getLong()).isEqualTo(-1);
        assertThat(end).isEqualTo(bytes);
        return file;
    }

    @Test
    void theVmcoreIsAFlattenedDump() throws IOException, InterruptedException {
        assertThat(save()).isEqualTo(new InitProgram.Ended(1, "", ""));

        byte[] wanted = Files.readAllBytes(core);
        assertThat(rearranged(Files.readAllBytes(device), wanted.length)).isEqualTo(wanted);
    }

    @Test
    void whatDoesNotFitIsNoDump() throws IOException, InterruptedException {
        Files.write(device, new byte[80_000]);
        byte[] noise = new byte[40_000];
        Arrays.fill(noise, (byte) 1);
        Files.write(core, EmptyCore.of(noise));

        assertThat(save()).isEqualTo(new InitProgram.Ended(3, "", device + ": No space left on device\n"));
        assertThat(Arrays.copyOf(Files.readAllBytes(device), 4096)).containsOnly(0);
    }

    @Test
    void aFileSystemIsNotWrittenOver() throws IOException, InterruptedException {
        write(0, ascii("XFSB"));

        assertThat(save())
                .isEqualTo(new InitProgram.Ended(3, "", device + ": nothing is saved there: it has a file system\n"));
    }

    @Test
    void aWholeDumpOfAnEarlierCrashStays() throws IOException, InterruptedException {
        index((byte) 1);
        byte[] before = Files.readAllBytes(device);

        InitProgram.Ended ended = save();

        assertThat(ended.status()).isEqualTo(3);
        assertThat(ended.err()).contains("it has a dump of an earlier crash; inquest kdump extract copies it");
        assertThat(Files.readAllBytes(device)).isEqualTo(before);
    }

    @Test
    void anUnfinishedDumpGivesItsPlace() throws IOException, InterruptedException {
        index((byte) 0);

        assertThat(save().status()).isEqualTo(1);
        assertThat(new String(Files.readAllBytes(device), StandardCharsets.ISO_8859_1))
                .doesNotContain("INQRAW01");
    }

    /// The second copy of an index, with one dump.
    private void index(byte state) throws IOException {
        long at = DEVICE_BYTES - (32 << 10);
        write(at, ascii("INQRAW01"));
        write(at + 32 + 48, state, (byte) 4, (byte) 6);
        write(at + 32 + 64, ascii("hostvmcore"));
    }

    @Test
    void aFileWithContentIsNoDevice() throws IOException, InterruptedException {
        write(17, (byte) 1);

        assertThat(save().err()).contains("it is a file with content");
    }

    @Test
    void aDeviceThatHoldsNothingIsToldToBeTooSmall() throws IOException, InterruptedException {
        Files.write(device, new byte[4096]);

        assertThat(save()).isEqualTo(new InitProgram.Ended(3, "", device + ": too small for any dump\n"));
    }
}
