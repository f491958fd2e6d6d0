package io.inquest.crash.command.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.Asked;
import io.inquest.crash.ExitCode;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The commands about memory and types on the samples, the newest kernel among them, which crash cannot open.
final class AllSamplesTest {

    private static final List<String> COMMAND_LINES = List.of(
            "struct list_head",
            "struct -o task_struct",
            "struct task_struct init_task",
            "struct task_struct.comm,pid,se.avg.util_avg init_task",
            "struct rq.nr_running runqueues:a",
            "* atomic_t",
            "p init_task.comm",
            "p *init_task.tasks.next",
            "p runqueues",
            "p -x modules",
            "whatis vfs_read",
            "whatis pid_t",
            "whatis -m mm_struct -r 100-200",
            "list -H modules -s module.name,state -l module.list",
            "list task_struct.tasks -h init_task",
            "list -r -H slab_caches",
            "rd linux_banner 20",
            "rd -8 linux_banner 20",
            "rd -s init_task 40",
            "rd -SS init_task 40",
            "rd -a linux_banner",
            "vtop init_task linux_banner",
            "ptov 1000 2000",
            "ptov 0:a",
            "pte d8e067 8000000000000100 0",
            "vm -f 8001875",
            "vm -m",
            "kmem -V",
            "kmem -n",
            "kmem -o",
            "kmem -h",
            "kmem -g",
            "kmem -g 4080",
            "kmem -S mm_struct",
            "kmem -s task_struct",
            "kmem init_task",
            "files -c");

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void everyCommandAnswersWithTextAndJson(String sample) throws IOException {
        for (String line : COMMAND_LINES) {
            Asked text = Asked.of(sample, line);
            assertThat(text.err()).as(line).isEmpty();
            assertThat(text.out()).as(line).isNotBlank();
            Asked json = Asked.of(sample, line + " --json");
            assertThat(json.exitCode()).as(line).isEqualTo(ExitCode.OK);
            assertThat(json.out()).as(line).startsWith("{\n  \"command\": ").contains("\"complete\": true");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void slabsAreToldOnTheNewestKernelToo(String sample) throws IOException {
        String text = Asked.of(sample, "kmem -s").out();
        assertThat(text.lines().count()).isGreaterThan(100);
        assertThat(text).doesNotContain("?").contains("kmem_cache\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void commandLineIsReadableAsText(String sample) throws IOException {
        String truth =
                Files.readString(Samples.truth(sample).resolve("cmdline")).strip();
        assertThat(Asked.of(sample, "p saved_command_line").out()).contains(truth.substring(0, 60));
    }

    @Test
    void userPageThatWasLeftOutIsNamedWithItsClass() {
        String text = Asked.of("6.1-d31", "vtop 5e2000").out();
        assertThat(text).contains("(PRESENT|").contains("page excluded from the dump: user");
        Asked read = Asked.of("6.1-d31", "rd 5e2000");
        assertThat(read.exitCode()).isEqualTo(ExitCode.MEMORY);
        assertThat(read.err()).isEqualTo("rd: page excluded: user virtual address: 5e2000  type: \"64-bit UVADDR\"\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rd nosuch | rd: symbol not found: nosuch",
                "struct nosuch | struct: invalid data structure reference: nosuch",
                "struct rcu_special | struct: data type mismatch: rcu_special is not a struct",
                "struct task_struct.nosuch | struct: invalid data structure member reference: nosuch",
                "rd ffffffffff000000 | rd: invalid kernel virtual address: ffffffffff000000  type: \"64-bit KVADDR\"",
                "vm 99999 | vm: invalid task or pid value: 99999",
                "p nosuch | p: gdb request failed: p nosuch: No symbol \"nosuch\" in current context.",
                "list 10 | list: invalid kernel virtual address: 10",
                "tree -t heap 0 | tree: invalid tree type: heap; expected rbtree, radix, xarray or maple",
                "kmem -s ffffffff81000000 | kmem: address is not allocated in slab subsystem: ffffffff81000000",
            })
    void mistakesAreAnsweredInTheWordsOfCrash(String commandLine, String message) {
        Asked asked = Asked.of("6.12-d1", commandLine);
        assertThat(asked.err().strip()).isEqualTo(message);
        assertThat(asked.exitCode()).isIn(ExitCode.USAGE, ExitCode.MEMORY);
    }

    @Test
    void anAddressIsTakenApart() throws IOException {
        long init = Asked.kernel("6.12-d1").tasks().withPid(1).orElseThrow().address();
        String address = Long.toHexString(init);
        String text = Asked.of("6.12-d1", "kmem " + address).out();
        assertThat(text).contains("task_struct").contains("[" + address + "]").contains("COMMAND: \"init\"");
    }
}
