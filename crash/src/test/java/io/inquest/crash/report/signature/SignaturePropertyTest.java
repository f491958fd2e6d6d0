package io.inquest.crash.report.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.report.OopsLog;
import io.inquest.crash.report.log.EventReader;
import io.inquest.crash.report.log.LogLines;
import io.inquest.crash.report.log.Story;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What must not change a signature, and what must.
final class SignaturePropertyTest {

    private static final Pattern KERNEL_ADDRESS = Pattern.compile("\\b(ffff|c0|d0)[0-9a-f]{6,12}\\b");
    private static final Pattern TIME = Pattern.compile("(?m)^\\[ *\\d+\\.\\d{6}\\](\\[ *[TC]\\d+\\])? ?");
    private static final long SEED = 20261126;

    static List<OopsLog> deaths() {
        return OopsLog.all().stream()
                .filter(log -> !log.expected("type").equals("none"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void addressesDoNotChangeIt(OopsLog log) {
        keeps(
                log,
                text -> KERNEL_ADDRESS.matcher(text).replaceAll(found -> {
                    long moved = Long.parseUnsignedLong(found.group(), 16) + 0x1b600000L;
                    String digits = "%016x".formatted(moved);
                    return digits.substring(16 - found.group().length());
                }));
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void processesAndCpusDoNotChangeIt(OopsLog log) {
        keeps(
                log,
                text -> text.replaceAll("PID: \\d+", "PID: 4711")
                        .replaceAll("(?<![a-zA-Z])Comm: \\S+", "Comm: some thing")
                        .replaceAll("\\[ *T\\d+\\]", "[ T4711]")
                        .replaceAll("CPU: \\d+ ", "CPU: 13 ")
                        .replaceAll("CPU#\\d+", "CPU#13")
                        .replaceAll("task (\\w+):\\d+ blocked", "task $1/1:2:33 blocked"));
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void dosLineEndsDoNotChangeIt(OopsLog log) {
        keeps(log, text -> text.replace("\n", "\r\n"));
    }

    @Test
    void timesDoNotChangeIt() {
        for (OopsLog log : deaths()) {
            if (log.text().contains(" kernel: ")) {
                continue;
            }
            if (!TIME.matcher(log.text()).find()) {
                keeps(
                        log,
                        text -> text.lines()
                                .map(line -> "[   12.345678] " + line)
                                .collect(Collectors.joining("\n")));
            } else if (!log.text().contains("[ T")
                    && !log.text().contains("[    T")
                    && !log.text().contains("[   T")) {
                keeps(log, text -> TIME.matcher(text).replaceAll(""));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void syslogsPrefixDoesNotChangeIt(OopsLog log) {
        if (!log.text().contains(" kernel: ")) {
            keeps(
                    log,
                    text -> text.lines()
                            .map(line -> "Nov 26 19:00:01 host kernel: " + line)
                            .collect(Collectors.joining("\n")));
        }
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void compilersSuffixesDoNotChangeIt(OopsLog log) {
        keeps(log, text -> text.replaceAll("(?<=[ .])([a-z_][a-z0-9_]+)\\+0x", "$1.isra.7+0x"));
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void guessedFramesDoNotChangeIt(OopsLog log) {
        keeps(
                log,
                text -> text.replaceAll(
                        "(?m)^((?:\\[[ 0-9.]+\\](?:\\[ *[TC]\\d+\\])? )?Call [Tt]race:\\s*)$",
                        "$1\n ? left_over_function+0x12/0x34"));
    }

    /// As when a driver is built in: only the text with in-tree modules may change.
    @ParameterizedTest
    @MethodSource("deaths")
    void inTreeModulesDoNotChangeIt(OopsLog log) {
        if (!log.file().startsWith("25")) {
            keeps(
                    log,
                    text -> text.replaceAll("(/0x[0-9a-f]+) \\[[a-z0-9_]+\\]", "$1")
                            .replace(":radeon:", ""));
        }
    }

    @Test
    void anotherOrderOfTheTopFramesIsAnotherVariant() {
        OopsLog log = OopsLog.numbered("02");
        String swapped = log.text()
                .replace("find_lock_entry+0x1f/0x80", "SWAP")
                .replace("shmem_getpage_gfp+0xcd/0x7c0", "find_lock_entry+0x1f/0x80")
                .replace("SWAP", "shmem_getpage_gfp+0xcd/0x7c0");
        Signature before = signature(log.text());
        Signature after = signature(swapped);
        assertThat(after.variantKey()).isNotEqualTo(before.variantKey());
        assertThat(after.problemKey()).isEqualTo(before.problemKey());
    }

    @Test
    void aForeignModuleIsPartOfTheKeyAndAnInTreeOneIsNot() {
        assertThat(signature(OopsLog.numbered("25").text()).problemText())
                .isEqualTo("inq1|warn|will_oops_init@will_oops");
        assertThat(signature(OopsLog.numbered("01").text()).problemText()).isEqualTo("inq1|mem|amdgpu_vm_sdma_commit");
    }

    @Test
    void aWeakPrimaryHasTheNextFrameAsAlias() {
        assertThat(signature(OopsLog.numbered("02").text()).aliases())
                .contains("inq1|bad-access|find_get_entry", "inq1|mem|find_lock_entry");
    }

    /// A log is input from outside: whatever it holds, reading it ends, and throws nothing.
    @Test
    void anyDamageIsReadToItsEnd() {
        Random random = new Random(SEED);
        for (OopsLog log : OopsLog.all()) {
            for (int round = 0; round < 8; round++) {
                StringBuilder text = new StringBuilder(log.text());
                for (int flips = 0; flips < 40; flips++) {
                    int at = random.nextInt(text.length());
                    text.setCharAt(at, (char) (text.charAt(at) ^ (1 << random.nextInt(8))));
                }
                read(text.toString());
                read(log.text().substring(0, random.nextInt(log.text().length())));
            }
        }
    }

    private static void keeps(OopsLog log, UnaryOperator<String> change) {
        Signature before = signature(log.text());
        Signature after = signature(change.apply(log.text()));
        assertThat(List.of(after.problemText(), after.variantText(), after.confidence()))
                .as(log.file())
                .containsExactly(before.problemText(), before.variantText(), before.confidence());
    }

    private static Signature signature(String text) {
        Story story = Story.of(EventReader.events(LogLines.of(text)));
        return LogSignature.of(story.subject().orElseThrow());
    }

    private static void read(String text) {
        Story.of(EventReader.events(LogLines.of(text))).subject().ifPresent(LogSignature::of);
    }
}
