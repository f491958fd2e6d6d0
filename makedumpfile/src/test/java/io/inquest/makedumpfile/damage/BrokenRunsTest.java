package io.inquest.makedumpfile.damage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.Dumps;
import io.inquest.dump.PhysicalSegment;
import io.inquest.dump.Warnings;
import io.inquest.dump.codec.Compression;
import io.inquest.makedumpfile.Conversion;
import io.inquest.makedumpfile.damage.BrokenRun.Form;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// A run that is killed, stopped or starved at a random moment: what it left opens, says that it is not all, and each
/// page in it is right. Each has a random form, level 0 or 31, and one or two processors.
class BrokenRunsTest {

    /// Of each fault; `lab/break-runs` has more.
    private static final int RUNS = Integer.getInteger("inquest.runs", 2);

    /// A file that ends before may not be a dump yet.
    private static final int HEADERS = 64 << 10;

    private static final int KILLED = 128 + 9;

    /// What a run writes when nothing is wrong.
    private record Whole(long bytes, Contents contents) {}

    private final long seed = Long.getLong("inquest.seed", 1);
    private Random random = new Random(seed);
    private final Map<String, Whole> wholeRuns = new HashMap<>();
    private final Map<String, Integer> endings = new TreeMap<>();

    @TempDir
    private Path folder;

    private Path input = Path.of("");
    private Contents truth = Contents.NOTHING;
    private List<PhysicalSegment> segments = List.of();
    private Set<Long> unreadable = Set.of();
    private Form form = Form.NONE;
    private int level;

    /// Each test has other runs.
    @BeforeEach
    void begin(TestInfo test) {
        random = new Random(seed + test.getDisplayName().hashCode());
    }

    @BeforeEach
    void makeInput() throws IOException {
        input = folder.resolve("vmcore");
        new Conversion(
                        List.of(Samples.unpack("6.1-d31").toString()),
                        input.toString(),
                        Conversion.Form.ELF,
                        Compression.NONE,
                        Conversion.Replacement.REPLACE)
                .run(Warnings.NONE);
        try (Dump dump = Dumps.open(List.of(input), Warnings.NONE)) {
            truth = Contents.of(dump, Integer.MAX_VALUE);
            segments = dump.memory().segments();
        }
    }

    @AfterEach
    void tell() {
        System.out.println("seed " + seed + ", " + RUNS + " runs: " + endings);
    }

    @Test
    void killedRunLeavesADumpThatSaysSo() throws Exception {
        for (int i = 0; i < RUNS; i++) {
            BrokenRun run = anyRun(input, folder, "");
            long size = size(run);
            Process process = run.start();
            run.awaitBytes(process, random.nextLong(size + 1));
            process.destroyForcibly();
            judge(run, BrokenRun.await(process));
        }
    }

    @Test
    void stoppedRunGoesOn() throws Exception {
        for (int i = 0; i < RUNS; i++) {
            BrokenRun run = anyRun(input, folder, "");
            long size = size(run);
            Process process = run.start();
            run.awaitBytes(process, random.nextLong(size + 1));
            BrokenRun.signal(process, "STOP");
            TimeUnit.MILLISECONDS.sleep(300);
            BrokenRun.signal(process, "CONT");
            int status = BrokenRun.await(process);

            assertThat(status).as(how()).isZero();
            judge(run, status);
        }
    }

    @Test
    void fileThatMayNotGrowSaysThatItIsNotAll() throws Exception {
        for (int i = 0; i < RUNS; i++) {
            BrokenRun whole = anyRun(input, folder, "");
            long blocks = random.nextLong(size(whole) / whole.outputs().size() / 512 + 1);
            BrokenRun run = sameRun(input, folder, "trap '' XFSZ; ulimit -f " + blocks + "; exec \"$@\"");
            judge(run, BrokenRun.await(run.start()));
        }
    }

    /// A file system of its own that is as large as the disk has space left.
    @Test
    void fullDiskLeavesADumpThatSaysSo() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Path saved = Files.createDirectory(folder.resolve("saved"));
        int allowed = new ProcessBuilder("unshare", "-Urm", "mount", "-t", "tmpfs", "none", disk.toString())
                .start()
                .waitFor();
        assumeTrue(allowed == 0, "no user namespaces, so no file system of our own");
        for (int i = 0; i < RUNS; i++) {
            BrokenRun whole = anyRun(input, folder, "");
            long bytes = random.nextLong(size(whole)) + 4096;
            // What the run calls standard output is outside of the file system.
            String stdout = form == Form.FLATTENED ? " >" + disk + "/out0" : "";
            String inside = "mount -t tmpfs -o size=" + bytes + " none " + disk + " || exit 99; \"$@\"" + stdout
                    + "; status=$?; cp " + disk + "/out* " + saved + "; exit $status";
            BrokenRun run = sameRun(input, disk, "exec unshare -Urm sh -c '" + inside + "' sh \"$@\"");
            Process process = run.start();
            int status = BrokenRun.await(process);

            assertThat(status).as(how()).isNotEqualTo(99);
            judge(saved, run, status);
        }
    }

    @Test
    void inputThatShrinksWhileItIsReadCostsWhatItLost() throws Exception {
        Path shrinking = folder.resolve("shrinking");
        for (int i = 0; i < RUNS; i++) {
            Files.deleteIfExists(shrinking);
            Files.copy(input, shrinking);
            BrokenRun run = anyRun(shrinking, folder, "");
            long size = size(run);
            Process process = run.start();
            run.awaitBytes(process, random.nextLong(size + 1));
            try (FileChannel channel = FileChannel.open(shrinking, StandardOpenOption.WRITE)) {
                channel.truncate(random.nextLong(channel.size()));
            }
            judge(run, BrokenRun.await(process));
        }
    }

    @Test
    void readsThatFailCostThePagesThatTheyAreOf() throws Exception {
        Optional<Path> library = FailingReads.library(folder);
        assumeTrue(library.isPresent(), "no C compiler, so no library that makes reads fail");
        for (int i = 0; i < RUNS; i++) {
            size(anyRun(input, folder, ""));
            FailingReads failing = FailingReads.anywhere(library.orElseThrow(), input, random);
            BrokenRun run = sameRun(input, folder, failing.wrapping());
            unreadable = failing.frames(segments);
            int status = BrokenRun.await(run.start());

            assertThat(status == 0 || run.hasComplained()).as(how()).isTrue();
            judge(run, status);
        }
    }

    private BrokenRun anyRun(Path from, Path to, String wrapping) {
        List<Form> forms = List.of(Form.values());
        form = forms.get(random.nextInt(forms.size()));
        level = random.nextBoolean() ? 31 : 0;
        return sameRun(from, to, wrapping);
    }

    private BrokenRun sameRun(Path from, Path to, String wrapping) {
        return new BrokenRun(form, level, 1 + random.nextInt(2), from, to, wrapping);
    }

    /// How many bytes a run of this form and level writes when nothing is wrong.
    private long size(BrokenRun run) throws IOException, InterruptedException {
        if (!wholeRuns.containsKey(kind())) {
            assertThat(BrokenRun.await(run.start())).as(how()).isZero();
            try (Dump dump = Dumps.open(run.outputs(), Warnings.NONE)) {
                wholeRuns.put(kind(), new Whole(run.writtenBytes(), Contents.of(dump, truth.frames())));
            }
        }
        return whole().bytes();
    }

    private Whole whole() {
        return Objects.requireNonNull(wholeRuns.get(kind()));
    }

    private String kind() {
        return form + " level " + level;
    }

    private void judge(BrokenRun run, int status) throws IOException {
        judge(folder, run, status);
    }

    private void judge(Path where, BrokenRun run, int status) throws IOException {
        List<Path> files = run.outputs().stream()
                .map(file -> where.resolve(file.getFileName()))
                .toList();
        String ending = ending(files, status);
        endings.merge(form + " " + ending, 1, Integer::sum);
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    private String ending(List<Path> files, int status) throws IOException {
        boolean begun = true;
        for (Path file : files) {
            begun &= Files.exists(file) && Files.size(file) >= HEADERS;
        }
        try (Dump dump = Dumps.open(files, Warnings.NONE)) {
            boolean complete = dump.completeness().complete();
            int lost = lost(dump, complete);
            if (complete) {
                assertThat(lost).as("%s: lost pages of a complete dump", how()).isZero();
                assertThat(status).as(how()).isIn(0, KILLED);
            } else {
                assertThat(status).as(how()).isNotZero();
            }
            return complete ? "complete" : "incomplete";
        } catch (DumpException noDump) {
            assertThat(begun).as("%s: %s", how(), noDump.getMessage()).isFalse();
            assertThat(status).as(how()).isNotZero();
            return "no dump yet";
        }
    }

    /// How many frames of a dump are not as in that of a whole run. Those that can be read are as in the
    /// input, and none of them is one that could not be read.
    private int lost(Dump dump, boolean complete) throws IOException {
        Contents found = Contents.of(dump, truth.frames());
        Contents whole = whole().contents();
        int lost = 0;
        for (int pfn = 0; pfn < truth.frames(); pfn++) {
            long now = frame(found, pfn);
            if (now == frame(whole, pfn) && (now < 0 || !unreadable.contains((long) pfn))) {
                assertThat(now < 0 || now == truth.frame(pfn))
                        .as("%s: page frame %d is wrong", how(), pfn)
                        .isTrue();
                continue;
            }
            // An ELF core has no word for a lost page.
            boolean zeros = form == Form.ELF && !complete && now == FrameReader.ZEROS;
            // Of a frame whose struct page is lost nobody knows that it can be left out.
            boolean isKept = now == truth.frame(pfn) && !unreadable.contains((long) pfn);
            assertThat(now < 0 || zeros || isKept)
                    .as("%s: page frame %d is wrong", how(), pfn)
                    .isTrue();
            lost += isKept ? 0 : 1;
        }
        return lost;
    }

    private static long frame(Contents contents, int pfn) {
        return pfn < contents.frames() ? contents.frame(pfn) : Contents.ABSENT;
    }

    private String how() {
        return "seed " + seed + ", " + kind();
    }
}
