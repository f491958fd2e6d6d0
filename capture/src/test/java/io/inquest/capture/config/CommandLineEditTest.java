package io.inquest.capture.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.capture.config.read.Read;
import org.junit.jupiter.api.Test;

/// The cases that kdump-utils tests its own editing with, as far as configuration has a part in them.
final class CommandLineEditTest {

    private static String edited(String running, String variables) {
        String conf = "KEXEC_ARGS=\nKDUMP_COMMANDLINE_REMOVE=\n" + variables;
        return Read.valid(conf).kernel().commandLine().applyTo(running);
    }

    @Test
    void parametersAreRemovedByNameWhateverTheirValue() {
        assertThat(edited("a b c", "KDUMP_COMMANDLINE_REMOVE=b")).isEqualTo("a c");
        assertThat(edited("a b=x c", "KDUMP_COMMANDLINE_REMOVE=b")).isEqualTo("a c");
        assertThat(edited("a b='x y' c", "KDUMP_COMMANDLINE_REMOVE=b")).isEqualTo("a c");
        assertThat(edited("a b=\"x y\" c", "KDUMP_COMMANDLINE_REMOVE=b")).isEqualTo("a c");
        assertThat(edited("a b=1 b c", "KDUMP_COMMANDLINE_REMOVE=\"b=x\"")).isEqualTo("a c");
        assertThat(edited("a bb c", "KDUMP_COMMANDLINE_REMOVE=b")).isEqualTo("a bb c");
    }

    @Test
    void parametersAreAddedAtTheEnd() {
        assertThat(edited("a b c", "KDUMP_COMMANDLINE_APPEND=x")).isEqualTo("a b c x");
        assertThat(edited("a b c", "KDUMP_COMMANDLINE_APPEND=x=1")).isEqualTo("a b c x=1");
        assertThat(edited("a b c", "KDUMP_COMMANDLINE_APPEND=\"x='1 2'\"")).isEqualTo("a b c x=\"1 2\"");
        assertThat(edited("a b", "KDUMP_COMMANDLINE_REMOVE=b\nKDUMP_COMMANDLINE_APPEND=b=2"))
                .isEqualTo("a b=2");
    }

    @Test
    void baseReplacesTheRunningCommandLine() {
        assertThat(edited("a b c", "KDUMP_COMMANDLINE=\"d  e\"")).isEqualTo("d e");
    }

    @Test
    void blanksAreSqueezedAndEmptyValuesGo() {
        assertThat(edited("  a   b= c=\"\" d=1\n", "")).isEqualTo("a d=1");
        assertThat(edited("dyndbg=\"file a.c +p\" a", "")).isEqualTo("dyndbg=\"file a.c +p\" a");
        assertThat(edited("\"dyndbg=file a.c +p\" a", "")).isEqualTo("dyndbg=\"file a.c +p\" a");
    }

    @Test
    void optionsOfModulesAreAdded() {
        assertThat(Read.valid("options sata_sil slow=1").kernel().commandLine().applyTo("a slub_debug=F"))
                .isEqualTo("a sata_sil.slow=1");
    }

    @Test
    void moduleOfDracutCanBeLeftOut() {
        assertThat(omits("dracut_args -o watchdog")).isTrue();
        assertThat(omits("dracut_args --omit \"a watchdog b\" --add x")).isTrue();
        assertThat(omits("dracut_args --omit=watchdog")).isTrue();
        assertThat(omits("dracut_args --omit watchdog-modules")).isFalse();
        assertThat(omits("dracut_args --omit-drivers watchdog --add watchdog")).isFalse();
        assertThat(omits("dracut_args -o")).isFalse();
        assertThat(omits("")).isFalse();
    }

    private static boolean omits(String conf) {
        return Read.valid(conf).image().omitsDracutModule("watchdog");
    }
}
