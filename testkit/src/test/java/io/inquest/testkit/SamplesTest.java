package io.inquest.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplesTest {

    @Test
    void unpackedSampleHasItsRecordedSizeAndBegin() throws IOException {
        Path vmcore = Samples.unpack("6.1-d31");

        assertThat(vmcore).hasSize(65_842_736);
        try (InputStream in = Files.newInputStream(vmcore)) {
            assertThat(in.readNBytes(8)).asString().isEqualTo("KDUMP   ");
        }
        assertThat(Samples.unpack("6.1-d31")).isEqualTo(vmcore);
    }

    @Test
    void everyFormatUnpacksToItsChecksum() throws IOException {
        for (String codec : new String[] {"none", "zlib", "lzo", "snappy", "zstd"}) {
            assertThat(Samples.format("makedumpfile-split8of48-d31." + codec)).isNotEmptyFile();
        }
        assertThat(Samples.format("qemu-8MiB.zlib")).isNotEmptyFile();
    }

    @Test
    void truthHasTheLiveKernelsFiles() throws IOException {
        Path truth = Samples.truth("6.12-d1");

        assertThat(truth.resolve("workload.txt")).content().contains("region anon");
        assertThat(truth.resolve("kpageflags.gz")).isNotEmptyFile();
        assertThat(truth.resolve("net/unix")).content().contains("inquest.sock");
    }

    @Test
    void packedTextIsReadByItsPlainName() throws IOException {
        assertThat(Samples.text("6.1-d31/reference/crash-9.0.2/log.txt")).contains("Linux version 6.1.0-50");
        assertThat(Samples.text("6.1-d31/run.txt")).startsWith("kernel 6.1.0-50");
    }

    @Test
    void unknownSampleIsRefused() {
        assertThatThrownBy(() -> Samples.unpack("5.0")).hasMessageContaining("no sample");
        assertThatThrownBy(() -> Samples.format("nothing")).hasMessageContaining("has no line for nothing");
    }

    @Test
    void tarThatLeavesItsFolderIsRefused(@TempDir Path folder) {
        byte[] archive = member("../outside", 0);

        assertThatThrownBy(() -> Tar.unpack(new ByteArrayInputStream(archive), folder))
                .hasMessageContaining("outside of its folder");
    }

    @Test
    void tarThatEndsInsideOfAFileIsRefused(@TempDir Path folder) {
        byte[] archive = member("file", 700);

        assertThatThrownBy(() -> Tar.unpack(new ByteArrayInputStream(archive, 0, 1024), folder))
                .isInstanceOf(EOFException.class);
    }

    private static byte[] member(String name, int size) {
        byte[] archive = Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), 512 * 3);
        byte[] octal = Integer.toOctalString(size).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(octal, 0, archive, 124, octal.length);
        archive[156] = '0';
        return archive;
    }
}
