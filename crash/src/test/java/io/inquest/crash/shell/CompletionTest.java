package io.inquest.crash.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.Asked;
import io.inquest.crash.session.Session;
import io.inquest.crash.session.Sources;
import java.util.List;
import java.util.Optional;
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
        assertThat(words("runq -")).containsExactly("--json", "-T", "-c", "-m", "-t");
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
}
