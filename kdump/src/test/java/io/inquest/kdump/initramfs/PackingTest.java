package io.inquest.kdump.initramfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inquest.kdump.host.HostProgram;
import io.inquest.kdump.host.KernelConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PackingTest {

    private static final byte[] ARCHIVE = "an archive ".repeat(100_000).getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    private KernelConfig kernel(String lines) throws IOException {
        return KernelConfig.read(Files.writeString(folder.resolve("config"), lines));
    }

    @Test
    void theKernelDecides() throws IOException {
        assertThat(Packing.best(kernel("CONFIG_RD_GZIP=y\n# CONFIG_RD_ZSTD is not set\n")))
                .isEqualTo(Packing.GZIP);
        assertThat(Packing.best(kernel("CONFIG_BLK_DEV_INITRD=y\n"))).isEqualTo(Packing.NONE);
        assertThat(Packing.best(KernelConfig.unknown())).isEqualTo(Packing.GZIP);
    }

    @Test
    void theBestOfThoseItUnpacksIsTaken() throws IOException {
        assumeTrue(HostProgram.exists("zstd"), "no zstd on this machine");
        assertThat(Packing.best(kernel("CONFIG_RD_GZIP=y\nCONFIG_RD_XZ=y\nCONFIG_RD_ZSTD=y\n")))
                .isEqualTo(Packing.ZSTD);
    }

    @ParameterizedTest
    @EnumSource(names = {"ZSTD", "XZ"})
    void whatAProgramPacksItUnpacks(Packing packing) throws IOException {
        assumeTrue(HostProgram.exists(packing.word()), "no " + packing.word() + " on this machine");

        byte[] packed = packing.pack(ARCHIVE);

        assertThat(packed.length).isLessThan(ARCHIVE.length / 100);
        assertThat(new HostProgram(packing.word(), "-dc").filter(packed)).isEqualTo(ARCHIVE);
        assertThat(packing.pack(ARCHIVE)).isEqualTo(packed);
    }

    @Test
    void gzipIsJavas() throws IOException {
        byte[] packed = Packing.GZIP.pack(ARCHIVE);

        assertThat(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes())
                .isEqualTo(ARCHIVE);
        assertThat(Packing.GZIP.pack(ARCHIVE)).isEqualTo(packed);
    }
}
