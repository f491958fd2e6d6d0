package io.inquest.crash.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.report.log.LogLines;
import io.inquest.crash.report.render.ReportHtml;
import io.inquest.crash.report.render.ReportJson;
import io.inquest.crash.report.render.ReportText;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The reports of the logs of 33 deaths.
final class ReportTest {

    static List<OopsLog> logs() {
        return OopsLog.all();
    }

    private static Report report(OopsLog log) {
        return Inquest.of(log.file(), LogLines.of(log.text()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        01 | NULL pointer dereference (read at 0x8) in amdgpu_vm_sdma_commit of module amdgpu, called by task QSGRenderThread (pid 188243) on CPU 1
        02 | General protection fault in find_get_entry, called by task X (pid 946) on CPU 1
        04 | KASAN caught a slab-use-after-free (read of size 8) in btrfs_evict_inode, called by task syz-executor.0 (pid 6659) on CPU 0
        05 | The kernel hit a BUG() at ./include/linux/skbuff.h:2069 in esp6_gro_receive, called by task syz-executor5 (pid 22157) on CPU 1
        06 | A corrupted list was found while removing an entry in tipc_nametbl_unsubscribe, called by task syz-executor4 (pid 3200) on CPU 1
        07 | Soft lockup: CPU 1 was stuck in the kernel for 134 s in sys_rmdir, running task syz-executor4 (pid 4588)
        08 | Hung task: udevd (pid 5612) was blocked for more than 143 s in read_cache_folio, waiting for I/O
        17 | Process 1 (init) was killed by signal 11, SIGSEGV
        18 | The crash was asked for by sysrq, task bash (pid 5831) on CPU 0
        19 | The root file system could not be mounted from unknown-block(0,0)
        20 | Out of memory, and the kernel was told to panic then; asked for by task webservice (pid 35943) on CPU 0
        21 | Hard lockup: CPU 0 was stuck with interrupts off in account_idle_ticks, running task swapper/0 (pid 0)
        22 | Machine check on CPU 0: bus or interconnect error
        29 | NULL pointer dereference (read at 0x0) in radeon_cp_init_ring_buffer of module radeon, called by task Xorg (pid 8003)
        """)
    void theCauseIsOneSentence(String number, String sentence) {
        assertThat(report(OopsLog.numbered(number)).cause().orElseThrow().sentence())
                .isEqualTo(sentence);
    }

    @ParameterizedTest
    @MethodSource("logs")
    void everyReportHasItsThreeForms(OopsLog log) throws IOException {
        Report report = report(log);
        StringBuilder text = new StringBuilder();
        StringBuilder json = new StringBuilder();
        StringBuilder html = new StringBuilder();
        ReportText.write(report, text);
        ReportJson.write(report, JsonWriter.indented(json));
        ReportHtml.write(report, html);
        String cause = report.cause().map(Cause::title).orElse("no death");
        assertThat(html).contains("<title>").endsWith("</html>\n");
        assertThat(json.toString()).contains("\"schema\": 1");
        assertThat(text).isNotBlank();
        assertThat(cause).isNotBlank().hasSizeLessThanOrEqualTo(120);
    }

    @Test
    void whatWasMissingIsSaid() {
        assertThat(report(OopsLog.numbered("09")).missing()).anyMatch(missing -> missing.contains("only the panic"));
        assertThat(report(OopsLog.numbered("11")).missing()).anyMatch(missing -> missing.contains("a guess"));
        assertThat(report(OopsLog.numbered("32")).missing()).containsExactly("the log tells of no death");
    }

    @Test
    void registersSayWhatTheyLookLike() {
        Report report = report(OopsLog.numbered("01"));
        assertThat(report.registers()).anySatisfy(register -> {
            assertThat(register.name()).isEqualTo("RAX");
            assertThat(register.note()).isEqualTo("NULL");
        });
    }

    @Test
    void theTaintIsToldInWords() {
        assertThat(report(OopsLog.numbered("25")).taints())
                .extracting(Victim.Taint::letter)
                .containsExactly('F', 'O');
    }
}
