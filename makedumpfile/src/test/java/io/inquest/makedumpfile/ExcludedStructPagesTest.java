package io.inquest.makedumpfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.page.PageClass;
import io.inquest.testkit.KeptPages;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `-e` on a real dump.
class ExcludedStructPagesTest {

    private static final int FRAMES_PER_PAGE = 4096 / 64;

    @TempDir
    private Path folder;

    private Path filter(String name, Path input, String... options) throws IOException {
        Path output = folder.resolve(name);
        List<String> words = new ArrayList<>(List.of("-f", "-d", "31"));
        words.addAll(List.of(options));
        words.add(input.toString());
        words.add(output.toString());
        CommandRun run = CommandRun.makedumpfile(words.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.err()).doesNotContain("warning", "free pages stay");
        return output;
    }

    private static Set<Long> frames(Path dump) throws IOException {
        Set<Long> frames = new HashSet<>();
        for (KeptPages.Run run : KeptPages.of(dump)) {
            for (long pfn = run.first(); pfn < run.first() + run.count(); pfn++) {
                frames.add(pfn);
            }
        }
        return frames;
    }

    /// The frames of whole pages of the vmemmap of which no struct page describes a frame that is held.
    private static Set<Long> unneeded(Kernel kernel, Set<Long> held) throws IOException {
        Set<Long> found = new HashSet<>();
        long vmemmap = kernel.vmcoreInfo().symbol("vmemmap").orElseThrow();
        for (long first = 0; first < kernel.memory().endPfn(); first += FRAMES_PER_PAGE) {
            boolean needed = false;
            for (long pfn = first; pfn < first + FRAMES_PER_PAGE; pfn++) {
                needed |= held.contains(pfn);
            }
            if (!needed && kernel.space().translate(vmemmap + first * 64, 4096) instanceof Mapping.Mapped mapped) {
                found.add(mapped.to() >>> 12);
            }
        }
        return found;
    }

    @Test
    void structPagesOfWhatIsLeftOutAreLeftOutAndNothingElse() throws IOException {
        Path with = filter("with", Samples.unpack("6.12-d1"));
        Path without = filter("without", Samples.unpack("6.12-d1"), "-e");

        Set<Long> lost = frames(with);
        try (Kernel kernel = Kernel.open(with)) {
            Set<Long> expected = unneeded(kernel, frames(with));
            expected.retainAll(frames(with));
            lost.removeAll(frames(without));
            assertThat(lost).isEqualTo(expected).hasSizeGreaterThan(50);
        }
        assertThat(frames(with)).containsAll(frames(without));
    }

    @Test
    void theDumpSaysSoAndCanBeRead() throws IOException {
        Path without = filter("without", Samples.unpack("6.12-d1"), "-e");

        try (Kernel kernel = Kernel.open(without)) {
            PhysicalMemory memory = kernel.memory();
            long named = 0;
            for (long pfn = 0; pfn < memory.endPfn(); pfn++) {
                boolean vmemmap = memory.exclusionCode(pfn).orElse(0) == PageClass.VMEMMAP.code();
                named += vmemmap ? 1 : 0;
                assertThat(vmemmap && memory.state(pfn) != PageState.EXCLUDED).isFalse();
            }
            assertThat(named).isGreaterThan(50);
            assertThat(kernel.dump().header().status() & 0x10).isEqualTo(0x10);
            assertThat(kernel.tasks()).hasSizeGreaterThan(50);
        }
    }

    @Test
    void filteringAgainLosesNothing() throws IOException {
        Path once = filter("once", Samples.unpack("6.12-d1"), "-e");
        Path again = filter("again", once);

        assertThat(frames(again)).isEqualTo(frames(once));
        assertThat(Files.size(again)).isBetween(Files.size(once) * 9 / 10, Files.size(once) * 11 / 10);
        try (Kernel kernel = Kernel.open(again)) {
            assertThat(kernel.dump().header().status() & 0x10).isEqualTo(0x10);
        }
    }
}
