package io.inquest.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.cli.ExitCode;
import io.inquest.cli.Ran;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExplainCommandTest {

    @Test
    void oneFrameHasThreeNames() throws IOException {
        String dump = Samples.unpack("6.1-d31").toString();
        Ran byNumber = Ran.inquest("explain", dump, "4096");
        assertThat(byNumber.err()).isEmpty();
        assertThat(byNumber.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(byNumber.out()).startsWith("page frame 0x1000 (4096), physical address 0x1000000\n");
        assertThat(Ran.inquest("explain", dump, "pfn:0x1000")).isEqualTo(byNumber);
        assertThat(Ran.inquest("explain", dump, "0x1000123")).isEqualTo(byNumber);
    }

    @Test
    void anAddressOfTheKernelLeadsToItsFrame() throws IOException {
        String dump = Samples.unpack("6.1-d31").toString();
        String symbol = Ran.inquest("dump", "info", "--vmcoreinfo", dump)
                .out()
                .lines()
                .filter(line -> line.startsWith("SYMBOL(init_uts_ns)="))
                .findFirst()
                .orElseThrow();
        Ran ran = Ran.inquest("explain", dump, symbol.substring(symbol.indexOf('=') + 1));
        assertThat(ran.out()).contains("in the dump   yes").contains("class         kept");
    }

    @Test
    void jsonSaysTheSame() throws IOException {
        Ran ran = Ran.inquest("explain", "--json", Samples.unpack("6.1-d31").toString(), "4096");
        assertThat(ran.out())
                .startsWith("{\"pfn\":4096,\"physicalAddress\":\"0x1000000\",\"state\":")
                .endsWith("}\n");
    }

    @Test
    void framesBehindTheEndAreRefused() throws IOException {
        Ran ran = Ran.inquest("explain", Samples.unpack("6.1-d31").toString(), "99999999");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.err()).contains("outside of the dump");
    }

    @Test
    void nonsenseIsRefusedWithTheFormsThereAre() throws IOException {
        Ran ran = Ran.inquest("explain", Samples.unpack("6.1-d31").toString(), "here");
        assertThat(ran.err()).contains("neither a page frame number (12345, pfn:0x3039) nor an address");
    }

    @Test
    void whatIsStillThereOfACutDumpIsToldWithACodeOfItsOwn(@TempDir Path folder) throws IOException {
        Path cut = Files.copy(Samples.unpack("6.1-d31"), folder.resolve("cut"));
        try (FileChannel file = FileChannel.open(cut, StandardOpenOption.WRITE)) {
            file.truncate(file.size() / 2);
        }
        Ran ran = Ran.inquest("explain", cut.toString(), "4096");
        assertThat(ran.out()).startsWith("page frame 0x1000 (4096), physical address 0x1000000\n");
        assertThat(ran.err()).contains("inquest: ");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.INCOMPLETE);
    }
}
