package io.inquest.crash.report.death;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.report.Cause;
import io.inquest.crash.report.Fact;
import io.inquest.crash.report.Inquest;
import io.inquest.crash.report.Report;
import io.inquest.crash.report.log.LogLines;
import io.inquest.crash.report.render.ReportHtml;
import io.inquest.crash.report.render.ReportText;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is said of deaths that the lab staged: who reads the first sentence only must not be misled.
final class StagedSentenceTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        6.1-rcustall         | RCU stall: CPU 0 did not get on in inquest_rcustall of module inquest_lab
        6.12-hardlockup      | RCU stall: CPU 0 did not get on in inquest_hardlockup of module inquest_lab
        7.3-rcustall         | RCU stall: CPU 0 did not get on in inquest_rcustall of module inquest_lab
        6.12-uaf             | Use after free: general protection fault (at 0x6b6b6b6b6b6b6b6b) in inquest_uaf
        6.12-gpf             | General protection fault (at 0xdead
        7.3-stackoverflow    | Kernel stack overflow in vfs_fallocate
        6.1-stackoverflow    | Kernel stack overflow in vfs_fallocate
        6.12-recursion       | Kernel stack overflow by recursion in
        5.10-irq             | NULL pointer dereference (write at 0x0) in inquest_in_irq of module inquest_lab, called by an interrupt during task iq-kbusy
        6.12-irq             | NULL pointer dereference (write at 0x0) in inquest_in_irq of module inquest_lab, called by an interrupt during task iq-busy
        6.1-vfree            | Page fault (write at 0xff36c4cec055d000) in inquest_vfree of module inquest_lab, called by task tee
        7.3-stackprotector   | A function's stack frame was overwritten in inquest_stackprotector of module inquest_lab
        """)
    void theSentenceTellsWhatWasStaged(String log, String beginning) throws IOException {
        assertThat(cause(log).sentence()).startsWith(beginning);
    }

    @Test
    void aStallTellsWhereTheCpuWas() throws IOException {
        assertThat(cause("6.1-rcustall").facts())
                .contains(new Fact("interrupted in", "inquest_rcustall+0x13/0x20 [inquest_lab]"))
                .anySatisfy(fact -> assertThat(fact.value()).startsWith("rcu: \t0-....: (143 ticks this GP)"));
    }

    /// What stands for an address in the log of a kernel that hides them is none.
    @Test
    void aHashedAddressIsNoFact() throws IOException {
        assertThat(cause("6.1-stackoverflow").facts()).extracting(Fact::name).doesNotContain("address");
        assertThat(cause("7.3-stackoverflow").facts()).contains(new Fact("address", "ff81357bc0537ff8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.10-divide", "6.1-divide", "6.12-divide", "7.3-divide"})
    void aDivisionNamesItsDivisor(String log) throws IOException {
        assertThat(cause(log).facts()).contains(new Fact("divisor", "%rcx = 0x0"));
    }

    @Test
    void aTabOfTheLogIsABlankInTheText() throws IOException {
        StringBuilder text = new StringBuilder();
        ReportText.write(report("6.1-rcustall"), text);
        assertThat(text).contains("rcu:  0-....: (143 ticks this GP)").doesNotContain("\\x09");
    }

    /// Who reads a backtrace of hundreds of calls of one function looks for where they end.
    @Test
    void callsThatComeAgainAndAgainAreShownOnce() throws IOException {
        StringBuilder text = new StringBuilder();
        StringBuilder html = new StringBuilder();
        ReportText.write(report("6.12-recursion"), text);
        ReportHtml.write(report("6.12-recursion"), html);
        assertThat(text)
                .contains("  1   inquest_recurse+0x4a", " times more\n")
                .doesNotContain("  2   inquest_recurse");
        assertThat(html)
                .contains("<details open>")
                .containsOnlyOnce("<code>inquest_recurse+0x4a/0x80 [inquest_lab]</code>");
    }

    private static Cause cause(String log) throws IOException {
        return report(log).cause().orElseThrow();
    }

    private static Report report(String log) throws IOException {
        String text = Files.readString(Samples.root()
                .resolve("crash/src/test/resources/io/inquest/crash/report/staged")
                .resolve(log + ".txt"));
        return Inquest.of(log, LogLines.of(text));
    }
}
