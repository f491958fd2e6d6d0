package io.inquest.dump.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.testkit.ElfCoreBuilder;
import io.inquest.testkit.PagePattern;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerifierTest {

    private static final int PAGE_BYTES = 4096;
    private static final int PAGES = 1024;

    @TempDir
    private Path folder;

    @Test
    void fileThatBecomesShorterWhileItIsReadIsToldOf() throws IOException {
        byte[] pages = PagePattern.of(1, PAGES * PAGE_BYTES);
        Path file = Files.write(
                folder.resolve("core"),
                ElfCoreBuilder.elf64(ByteOrder.LITTLE_ENDIAN)
                        .load(PAGE_BYTES, pages, pages.length)
                        .build());
        Verification found = Verifier.verify(List.of(file), (done, total) -> {
            try (FileChannel shorter = FileChannel.open(file, StandardOpenOption.WRITE)) {
                shorter.truncate(PAGES / 2 * PAGE_BYTES);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(found.pages().lost()).isBetween(PAGES / 2L, PAGES / 2L + 2);
        assertThat(found.findings()).extracting(Finding::what).contains("pages");
    }

    @Test
    void missingFileIsUnreadableAndNothingOfItIsDamaged() throws IOException {
        Verification found = Verifier.verify(List.of(folder.resolve("nosuch")), (done, total) -> {});
        assertThat(found.verdict()).isEqualTo(Verdict.UNREADABLE);
        assertThat(found.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.UNREADABLE);
    }

    @Test
    void whatIsLeftOutOfTheListIsOfTheKindOfTheRest() {
        Findings findings = new Findings();
        for (int i = 0; i < 30; i++) {
            findings.add(Finding.missing("segments", "segment " + i));
            findings.add(Finding.damaged("segments", "damaged segment " + i));
        }
        List<Finding> all = findings.all();
        assertThat(all).hasSize(42);
        assertThat(all.get(40)).isEqualTo(Finding.missing("segments", "10 more of the segments are like that"));
        assertThat(all.get(41)).isEqualTo(Finding.damaged("segments", "10 more of the segments are like that"));
    }
}
