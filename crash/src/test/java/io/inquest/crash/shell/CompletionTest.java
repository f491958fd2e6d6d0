package io.inquest.crash.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.Asked;
import io.inquest.crash.session.Session;
import io.inquest.crash.session.Sources;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CompletionTest {

    private static List<String> words(String line) {
        Session session = new Session(Asked.kernel("6.12-d1"), new Sources(List.of("vmcore"), Optional.empty()));
        return new Completion(session).words(line, line.length());
    }

    @Test
    void aLineBeginsWithACommandAnAliasOrAType() {
        assertThat(words("pto")).containsExactly("ptob", "ptov");
        assertThat(words("dme")).containsExactly("dmesg");
        assertThat(words("task_struc")).contains("task_struct");
    }

    @Test
    void behindACommandAreItsOptions() {
        assertThat(words("runq -")).containsExactly("--json", "-T", "-c", "-g", "-m", "-t");
        assertThat(words("help ev")).containsExactly("eval");
    }

    @Test
    void argumentsAreSymbolsAndTypes() {
        assertThat(words("sym kexec_crash_im")).containsExactly("kexec_crash_image");
        assertThat(words("rd (jiffies_s")).contains("jiffies_seq");
        assertThat(words("struct task_struc")).contains("task_struct");
    }

    @Test
    void behindADotAreMembers() {
        assertThat(words("struct task_struct.pi")).contains("task_struct.pid");
        assertThat(words("struct task_struct.se.vr")).contains("task_struct.se.vruntime");
        assertThat(words("p init_task.com")).contains("init_task.comm");
        assertThat(words("struct nosuch.x")).isEmpty();
    }

    @Test
    void commandsAboutTasksHaveTheirNumbersAndNames() {
        assertThat(words("bt iq-th"))
                .containsExactly("iq-thr-busy", "iq-thr-futex", "iq-thr-poll", "iq-thr-sleep", "iq-threads");
        assertThat(words("ps -s 24")).contains("246", "247").allMatch(word -> word.startsWith("24"));
        assertThat(words("task kthre")).containsExactly("kthreadd");
        assertThat(words("set nu")).containsExactly("null-stop");
        assertThat(words("ps ")).contains("init").doesNotContain("1");
    }

    @Test
    void foreachHasItsCommandsAndThenTheirOptions() {
        assertThat(words("foreach v")).containsExactly("vm", "vtop");
        assertThat(words("foreach U")).containsExactly("UN");
        assertThat(words("foreach ")).contains("bt", "user", "RU", "init");
        assertThat(words("for UN bt -")).contains("-R", "-s").doesNotContain("-G");
        assertThat(words("foreach bt -t iq-kb")).containsExactly("iq-kbusy");
    }

    @Test
    void allNamesOfTypesAreReadOnce() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        TypeNames names = new TypeNames(sink -> {
            reads.incrementAndGet();
            List.of("task_struct", "task_group", "file", "tasklet_struct").forEach(sink);
        });
        assertThat(names.startingWith("task_")).containsExactly("task_group", "task_struct");
        assertThat(names.startingWith("fi")).containsExactly("file");
        assertThat(names.startingWith("x")).isEmpty();
        assertThat(reads).hasValue(1);
    }
}
