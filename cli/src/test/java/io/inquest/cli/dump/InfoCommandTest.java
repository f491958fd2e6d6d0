package io.inquest.cli.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.cli.Ran;
import io.inquest.testkit.ElfCoreBuilder;
import io.inquest.testkit.Samples;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `inquest dump info` on the bundled dumps, against what makedumpfile reported when it wrote them.
final class InfoCommandTest {

    @TempDir
    Path folder;

    @Test
    void tellsWhatADumpIs() throws Exception {
        Ran ran = Ran.inquest("dump", "info", Samples.unpack("6.1-d31").toString());
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .contains("kdump-compressed version 6, dump level 31")
                .contains("complete     yes")
                .contains("x86_64, 64-bit little-endian, pages of 4 KiB, 2 CPUs")
                .contains("Linux 6.1.0-50-cloud-amd64")
                .contains("2 x CORE prstatus")
                .contains("stored");
    }

    @Test
    void jsonHasTheSameAndMore() throws Exception {
        Ran ran =
                Ran.inquest("dump", "info", "--json", Samples.unpack("6.1-d31").toString());
        assertThat(ran.out())
                .contains("\"dumpLevel\": 31")
                .contains("\"complete\": true")
                .contains("\"release\": \"6.1.0-50-cloud-amd64\"")
                .contains("OSRELEASE=6.1.0-50-cloud-amd64\\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zlib", "lzo", "snappy", "zstd"})
    void tellsHowPagesAreCompressed(String codec) throws Exception {
        String file = Samples.format("makedumpfile-split8of48-d31." + codec).toString();
        assertThat(Ran.inquest("dump", "info", file).out())
                .contains("CODEC")
                .containsPattern("(?m)^" + codec + " +\\d");
        assertThat(Ran.inquest("dump", "info", "--json", file).out()).contains("\"" + codec + "\": {");
    }

    @Test
    void partsOfASplitDumpAreOneDumpAndOthersAreSeveral() throws Exception {
        String part = Samples.format("makedumpfile-split8of48-d31.zlib").toString();
        String whole = Samples.unpack("6.1-d31").toString();
        assertThat(Ran.inquest("dump", "info", part).out()).contains("part ");
        String both = Ran.inquest("dump", "info", whole, part).out();
        assertThat(both).contains(whole + "\n").contains("\n\n" + part + "\n");
    }

    /// By frame this would take the better part of an hour.
    @Test
    void segmentsThatClaimTerabytesAreCountedByRuns() throws Exception {
        byte[] core = ElfCoreBuilder.elf64(ByteOrder.LITTLE_ENDIAN)
                .load(0, new byte[2 * 4096], 1L << 44)
                .cutLoad(1L << 45, new byte[4096], 1L << 44)
                .build();
        String file = Files.write(folder.resolve("core"), core).toString();
        Ran ran = Ran.inquest("dump", "info", "--json", file);
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("\"stored\": 3")
                .contains("\"excluded\": " + ((1L << 32) - 2))
                .contains("\"lost\": " + ((1L << 32) - 1));
        Ran verified = Ran.inquest("dump", "verify", file);
        assertThat(verified.out()).contains("3 pages read, 4,294,967,295 cannot be read");
    }
}
