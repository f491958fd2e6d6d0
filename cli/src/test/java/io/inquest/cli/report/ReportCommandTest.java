package io.inquest.cli.report;

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

/// `inquest report --log`.
final class ReportCommandTest {

    private static final String OOPS = """
        [   12.000001] BUG: kernel NULL pointer dereference, address: 0000000000000060
        [   12.000002] #PF: supervisor read access in kernel mode
        [   12.000003] Oops: 0000 [#1] SMP NOPTI
        [   12.000004] CPU: 1 PID: 312 Comm: <b>evil</b> Tainted: G           OE     6.1.0 #1
        [   12.000005] RIP: 0010:vfs_fallocate+0x46/0x120
        [   12.000006] RAX: 0000000000000000 RBX: dead000000000122 RCX: 0000000000000001
        [   12.000007] Call Trace:
        [   12.000008]  ksys_fallocate+0x3d/0x70
        [   12.000009]  do_syscall_64+0x5f/0x1a0
        [   12.000010] Kernel panic - not syncing: Fatal exception
        """;

    @TempDir
    Path folder;

    private Path log(String text) throws IOException {
        return Files.writeString(folder.resolve("log"), text);
    }

    @Test
    void theFirstLineIsTheCauseInOneSentence() throws IOException {
        Ran ran = Ran.inquest("report", "--log", log(OOPS).toString());
        assertThat(ran.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(ran.out())
                .startsWith("NULL pointer dereference (read at 0x60) in vfs_fallocate,"
                        + " called by task <b>evil</b> (pid 312) on CPU 1.\n")
                .contains("inq1|mem|vfs_fallocate", "Kernel panic - not syncing: Fatal exception", "LIST_POISON2");
    }

    @Test
    void aFileThatIsNoDumpIsRefusedAsByCrash() throws IOException {
        assertThat(Ran.inquest("report", log(OOPS).toString()).exitCode()).isEqualTo(io.inquest.crash.ExitCode.DUMP);
    }

    @Test
    void aDumpIsNoLog() throws IOException {
        String dump = Samples.unpack("6.12-d1").toString();
        Ran ran = Ran.inquest("report", "--log", dump);
        assertThat(ran.err()).isEqualTo("inquest: " + dump + " is no text, so no log; a dump is given without --log\n");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.INCOMPLETE);
    }

    @Test
    void aLogWithoutLineEndsIsTakenApart() throws IOException {
        Ran ran = Ran.inquest(
                "report", "--log", log(OOPS.replace("\n", "").repeat(1000)).toString());
        assertThat(ran.out()).startsWith("NULL pointer dereference (read at 0x60) in vfs_fallocate");
    }

    @Test
    void nulsOfAConsoleMakeNoBinary() throws IOException {
        Ran ran = Ran.inquest(
                "report", "--log", log("\0".repeat(20) + "\n" + OOPS).toString());
        assertThat(ran.exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void jsonHasTheSame() throws IOException {
        Ran ran = Ran.inquest("report", "--json", "--log", log(OOPS).toString());
        assertThat(ran.out())
                .contains(
                        "\"kind\": \"null-deref\"",
                        "\"confidence\": \"high\"",
                        "\"pid\": 312",
                        "\"function\": \"vfs_fallocate\"");
    }

    @Test
    void thePageEscapesWhatTheKernelHeld() throws IOException {
        Path page = folder.resolve("report.html");
        Ran.inquest("report", "--html", page.toString(), "--log", log(OOPS).toString());
        assertThat(page).content().contains("&lt;b&gt;evil&lt;/b&gt;").doesNotContain("<b>evil", "<script", "http://");
    }

    @Test
    void aLogWithoutADeathSaysSoAndHasItsExitCode() throws IOException {
        Ran ran = Ran.inquest(
                "report", "--log", log("[    1.000000] all is well\n").toString());
        assertThat(ran.out()).startsWith("No death is told of.").contains("the log tells of no death");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.INCOMPLETE);
    }

    @Test
    void ofADumpTheCauseComesOutOfTheDumpAlone() throws IOException {
        Ran ran = Ran.inquest("report", Samples.unpack("6.12-d1").toString());
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .startsWith("The crash was asked for by sysrq, task ")
                .contains("sysrq_handle_crash");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.OK);
    }

    /// Without page tables, symbols, types and log there is what the notes tell.
    @Test
    void aDumpThatWasCutEarlyHasAReport() throws IOException {
        Path cut = Files.copy(Samples.unpack("6.1-d31"), folder.resolve("vmcore"));
        try (FileChannel file = FileChannel.open(cut, StandardOpenOption.WRITE)) {
            file.truncate(file.size() / 5);
        }
        Ran ran = Ran.inquest("report", cut.toString());
        assertThat(ran.out()).contains("  kernel        6.1.", "  died          2026-", "Not known\n");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.INCOMPLETE);
    }

    @Test
    void withoutADumpAndALogTheCommandLineIsWrong() {
        Ran ran = Ran.inquest("report");
        assertThat(ran.err()).contains("give a dump, or a log with --log");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
    }
}
