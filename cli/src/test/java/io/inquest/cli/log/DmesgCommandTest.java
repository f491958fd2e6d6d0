package io.inquest.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.cli.ExitCode;
import io.inquest.cli.Ran;
import io.inquest.testkit.LogPlace;
import io.inquest.testkit.RingLogBuilder;
import io.inquest.testkit.Samples;
import io.inquest.testkit.SyntheticKernel;
import io.inquest.testkit.SyntheticMemory;
import io.inquest.testkit.SyntheticRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `inquest dmesg` on the bundled dumps, against what dmesg(1) printed in the guest before it died.
final class DmesgCommandTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void beginsWithTheGuestsOwnDmesgAndHoldsThePanic(String sample) throws IOException {
        List<String> guest = Files.readAllLines(Samples.truth(sample).resolve("dmesg.txt"));
        Ran ran = Ran.inquest("dmesg", Samples.unpack(sample).toString());
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out().lines().limit(guest.size())).containsExactlyElementsOf(guest);
        assertThat(ran.out()).contains("Kernel panic - not syncing: sysrq triggered crash");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void levelsChooseRecords() throws IOException {
        String dump = Samples.unpack("6.1-d31").toString();
        Ran worst = Ran.inquest("dmesg", "--level", "err+", dump);
        Ran others = Ran.inquest("dmesg", "--level", "+warn", dump);
        Ran all = Ran.inquest("dmesg", dump);
        assertThat(worst.out()).contains("Kernel panic").doesNotContain("Linux version");
        assertThat(others.out()).contains("Linux version").doesNotContain("Kernel panic");
        assertThat(worst.out().length() + others.out().length())
                .isEqualTo(all.out().length());
    }

    @Test
    void jsonHasOneRecordALine() throws IOException {
        Ran ran = Ran.inquest("dmesg", "--json", Samples.unpack("6.1-d31").toString());
        assertThat(ran.out().lines())
                .allSatisfy(line -> assertThat(line).startsWith("{\"").endsWith("\"}"));
        assertThat(ran.out()).contains("\"level\":\"notice\",\"facility\":\"kern\"");
    }

    @Test
    void timeOfDayIsThatOfTheCrashAtTheEnd() throws IOException {
        Ran ran = Ran.inquest("dmesg", "--ctime", Samples.unpack("6.1-d31").toString());
        String last = ran.out().lines().reduce("", (before, line) -> line);
        assertThat(last)
                .matches("\\[(Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ 0-9]\\d \\d\\d:\\d\\d:\\d\\d \\d{4}] .*");
    }

    @Test
    void callersAreShownOnDemand() throws IOException {
        Ran ran = Ran.inquest("dmesg", "--caller", Samples.unpack("6.1-d31").toString());
        assertThat(ran.out()).startsWith("[    0.000000][    T0] Linux version");
    }

    @Test
    void theLogCanGoToAFile() throws IOException {
        Path file = folder.resolve("log");
        String dump = Samples.unpack("6.1-d31").toString();
        Ran ran = Ran.inquest("dmesg", "-o", file.toString(), dump);
        assertThat(ran.out()).isEmpty();
        assertThat(file)
                .content()
                .isEqualTo(Ran.inquest("dmesg", "-o", "-", dump).out());
    }

    @Test
    void anUnknownLevelIsRefusedWithTheKnownOnes() {
        Ran ran = Ran.inquest("dmesg", "--level", "loud", "x");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("\"loud\" is no level").contains("emerg, alert, crit");
    }

    /// The dump of a kernel whose log has lost one of its pages.
    private Path damagedLog() throws IOException {
        SyntheticKernel kernel = new SyntheticKernel().utsname("Linux", "guest", "6.12.0-test");
        long delta = kernel.physical(SyntheticKernel.IMAGE) - SyntheticKernel.IMAGE;
        LogPlace place = new LogPlace(kernel.memory(), kernel.allocate(1 << 16), delta, Long.BYTES);
        RingLogBuilder log = new RingLogBuilder(place, 8, 14);
        for (int i = 0; i < 150; i++) {
            log.append(SyntheticRecord.of(i, "record " + i + ".".repeat(60)));
        }
        log.build(kernel.vmcoreInfo());
        kernel.vmcoreInfo().line("CRASHTIME", "1764000000");
        long lost = kernel.physical(log.data() + SyntheticMemory.PAGE_BYTES);
        kernel.memory().pages().remove(lost / SyntheticMemory.PAGE_BYTES);
        return Files.write(folder.resolve("vmcore"), kernel.core());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--level=info", "--json", "--ctime", "--caller"})
    void ofADamagedLogTheRestIsPrintedAndTheExitCodeTells(String option) throws IOException {
        Ran ran = Ran.inquest("dmesg", option, damagedLog().toString());
        assertThat(ran.out()).contains("record 0.").contains("record 149.").doesNotContain("record 60.");
        assertThat(ran.err()).startsWith("inquest: ").contains("records of the log cannot be read: ");
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.exitCode()).isEqualTo(ExitCode.INCOMPLETE);
    }

    @Test
    void aDamagedLogGoesToItsFileToo() throws IOException {
        Path file = folder.resolve("log");
        Ran ran = Ran.inquest("dmesg", "-o", file.toString(), damagedLog().toString());
        assertThat(file).content().contains("record 0.").contains("record 149.");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.INCOMPLETE);
    }
}
