package io.inquest.capture.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How process 1 tells file systems (`src/main/native/superblock.c`), by `identify`.
final class SuperblockTest {

    private static final String UUID = "01234567-89ab-cdef-fedc-ba9876543210";

    private final ByteBuffer device = ByteBuffer.allocate(128 << 10);

    @TempDir
    private Path folder;

    @BeforeEach
    void needsTheProgram() {
        InitProgram.assumeBuilt();
    }

    private String identified() throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("device"), device.array());
        InitProgram.Ended ended = InitProgram.run("identify", file.toString());
        assertThat(ended.err()).isEmpty();
        return ended.out().replace(file + " ", "");
    }

    private void put(int at, String ascii) {
        device.put(at, ascii.getBytes(StandardCharsets.US_ASCII));
    }

    private void putUuid(int at) {
        device.put(at, HexFormat.of().parseHex(UUID.replace("-", "")));
    }

    @Test
    void xfsIsToldByItsSuperblock() throws IOException, InterruptedException {
        put(0, "XFSB");
        putUuid(32);
        put(108, "twelve-bytes");

        assertThat(identified()).isEqualTo("xfs " + UUID + " twelve-bytes\n");
    }

    @Test
    void btrfsIsToldByItsSuperblock() throws IOException, InterruptedException {
        put(0x10040, "_BHRfS_M");
        putUuid(0x10020);
        put(0x1012b, "crash dumps");

        assertThat(identified()).isEqualTo("btrfs " + UUID + " crash dumps\n");
    }

    @Test
    void aFatHasASerialNumberForAUuidAndItsLabelIsNotFilledUp() throws IOException, InterruptedException {
        put(82, "FAT32   ");
        device.put(67, new byte[] {(byte) 0xef, (byte) 0xbe, (byte) 0xad, (byte) 0xde});
        put(71, "DUMPS      ");

        assertThat(identified()).isEqualTo("vfat DEAD-BEEF DUMPS\n");
    }

    @Test
    void whatMke2fsMakesHasTheNamesThatItWasGiven() throws IOException, InterruptedException {
        Path file = folder.resolve("ext");
        assumeTrue(
                make("mke2fs", "-q", "-F", "-t", "ext3", "-U", UUID, "-L", "a label", file.toString(), "2048"),
                "no mke2fs on this machine");

        assertThat(InitProgram.run("identify", file.toString()))
                .isEqualTo(new InitProgram.Ended(0, file + " ext4 " + UUID + " a label\n", ""));
    }

    private static boolean make(String... words) throws InterruptedException {
        try {
            return InitProgram.start(List.of(words)).status() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    @Test
    void whatIsNoFileSystemIsSaidToBeNone() throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("device"), new byte[100]);

        InitProgram.Ended ended = InitProgram.run("identify", file.toString());

        assertThat(ended).isEqualTo(new InitProgram.Ended(1, "", file + ": no file system that is known here\n"));
    }
}
