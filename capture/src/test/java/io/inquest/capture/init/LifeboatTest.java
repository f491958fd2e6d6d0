package io.inquest.capture.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inquest.testkit.ElfCoreBuilder;
import io.inquest.testkit.LogPlace;
import io.inquest.testkit.RecordLogBuilder;
import io.inquest.testkit.RingLogBuilder;
import io.inquest.testkit.SyntheticMemory;
import io.inquest.testkit.SyntheticRecord;
import io.inquest.testkit.VmcoreInfoBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What process 1 does without Java (`src/main/native/lifeboat.c`), as a process.
final class LifeboatTest {

    private static final Path PROGRAM = Path.of("target", "native", "inquest-init");

    /// Physical, as far as there are physical addresses; the kernel sees it at another one.
    private static final long PLACE = 0x10_0000;

    private static final long DIRECT_MAP = 0xffff_8880_0000_0000L;

    private final SyntheticMemory memory = new SyntheticMemory(ByteOrder.LITTLE_ENDIAN);
    private final VmcoreInfoBuilder info = new VmcoreInfoBuilder();

    @TempDir
    private Path folder;

    private Path target;

    private record Ended(int status, String words) {}

    @BeforeEach
    void needsTheProgram() throws IOException {
        assumeTrue(Files.exists(PROGRAM), "not built: no C compiler, or no static C library");
        target = Files.createDirectory(folder.resolve("saved"));
    }

    private LogPlace place() {
        return new LogPlace(memory, DIRECT_MAP + PLACE, -DIRECT_MAP, Long.BYTES);
    }

    private RingLogBuilder ring() {
        return new RingLogBuilder(place(), 3, 8);
    }

    /// A core of the memory, which has to be one piece.
    private byte[] core() {
        ElfCoreBuilder core = ElfCoreBuilder.elf64(ByteOrder.LITTLE_ENDIAN)
                .note("VMCOREINFO", 0, info.build().getBytes(StandardCharsets.US_ASCII))
                .endNotes();
        long pages = memory.pages().size();
        long first = memory.pages().firstKey();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        memory.pages().values().forEach(bytes::writeBytes);
        assertThat(memory.pages().lastKey()).isEqualTo(first + pages - 1);
        return core.load(first * SyntheticMemory.PAGE_BYTES, bytes.toByteArray())
                .build();
    }

    private Ended save(byte[] core, String... before) throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("core"), core);
        return run(before, file.toString(), target.toString());
    }

    private static Ended run(String[] before, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(before);
        builder.command().addAll(List.of(PROGRAM.toAbsolutePath().toString(), "lifeboat"));
        builder.command().addAll(Arrays.asList(arguments));
        Process process = builder.redirectErrorStream(true).start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), words);
    }

    private String log() throws IOException {
        return Files.readString(target.resolve("vmcore-dmesg.txt"));
    }

    @Test
    void logAndMemoryAreSavedForTheirOwnerAlone() throws IOException, InterruptedException {
        ring().append(SyntheticRecord.of(1_500_000_000L, "first"))
                .append(SyntheticRecord.of(123_456_789_012_345L, "Kernel panic - not syncing"))
                .build(info);
        byte[] core = core();

        assertThat(save(core)).isEqualTo(new Ended(0, "2 records of the log saved\n"));

        assertThat(log()).isEqualTo("[    1.500000] first\n[123456.789012] Kernel panic - not syncing\n");
        assertThat(target.resolve("vmcore")).hasBinaryContent(core);
        for (String name : new String[] {"vmcore", "vmcore-dmesg.txt"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve(name))))
                    .isEqualTo("rw-------");
        }
        try (var files = Files.list(target)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void aRingThatWentRoundGivesItsNewestRecordsInOrder() throws IOException, InterruptedException {
        RingLogBuilder ring = ring();
        for (int i = 0; i < 40; i++) {
            ring.append(SyntheticRecord.of(i * 1000L, "line " + i));
        }
        ring.append(SyntheticRecord.of(1, "being written"), RingLogBuilder.RESERVED);
        ring.build(info);

        assertThat(save(core()).status()).isZero();

        List<String> lines = log().lines().toList();
        assertThat(lines.size()).isBetween(4, 8);
        for (int i = 0; i < lines.size(); i++) {
            int number = 40 - lines.size() + i;
            assertThat(lines.get(i)).isEqualTo("[    0.%06d] line %d".formatted(number, number));
        }
    }

    @Test
    void nothingOfALogDoesAnythingToATerminal() throws IOException, InterruptedException {
        ring().append(SyntheticRecord.of(0, "\u001b[2J\ttab\nnew line \u00e9")).build(info);

        assertThat(save(core()).status()).isZero();

        assertThat(log()).isEqualTo("[    0.000000] \\x1b[2J\ttab\nnew line \\xc3\\xa9\n");
    }

    @Test
    void theLogOfKernelsBefore510IsReadAsWell() throws IOException, InterruptedException {
        RecordLogBuilder records = new RecordLogBuilder(place(), "printk_log", 512, 8, true);
        for (int i = 0; i < 30; i++) {
            records.append(SyntheticRecord.of(i * 1000L, "line " + i).flags(2));
        }
        records.append(SyntheticRecord.of(31_000, "goes ").flags(8))
                .append(SyntheticRecord.of(32_000, "on").flags(8));
        records.build(info);

        assertThat(save(core()).status()).isZero();

        assertThat(log())
                .contains("[    0.000028] line 28\n[    0.000029] line 29\n")
                .endsWith("[    0.000031] goes on\n");
        assertThat(log()).doesNotContain("line 0\n");
    }

    @Test
    void withoutALogTheMemoryIsSavedStill() throws IOException, InterruptedException {
        memory.put64(PLACE, 1);
        byte[] core = core();

        Ended ended = save(core);

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.words()).contains("vmcoreinfo does not describe the log");
        assertThat(target.resolve("vmcore")).hasBinaryContent(core);
        assertThat(target.resolve("vmcore-dmesg.txt")).doesNotExist();
    }

    @Test
    void pagesOfZerosBecomeHolesAndAreZerosStill() throws IOException, InterruptedException {
        memory.reserve(PLACE, 8 << 20);
        memory.put64(PLACE + (7 << 20), 1);
        byte[] core = core();

        save(core);

        Path saved = target.resolve("vmcore");
        assertThat(saved).hasBinaryContent(core);
        assertThat(blocks(saved)).isLessThan(2 << 20);
    }

    private static long blocks(Path file) throws IOException, InterruptedException {
        Process du = new ProcessBuilder("du", "-k", file.toString()).start();
        String words = new String(du.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        du.waitFor();
        return Long.parseLong(words.substring(0, words.indexOf('\t'))) << 10;
    }

    @Test
    void whatDoesNotFitKeepsItsUnfinishedName() throws IOException, InterruptedException {
        ring().append(SyntheticRecord.of(0, "the last words")).build(info);
        memory.reserve(PLACE, 1 << 20);
        byte[] noise = new byte[1 << 19];
        new Random(1).nextBytes(noise);
        memory.put(PLACE + (1 << 19), noise);

        // 256 blocks of 512 bytes, or of 1024: less than the noise either way.
        Ended ended = save(core(), "sh", "-c", "ulimit -f 256; exec \"$@\"", "sh");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.words()).contains("vmcore-incomplete: File too large");
        assertThat(log()).isEqualTo("[    0.000000] the last words\n");
        assertThat(target.resolve("vmcore-incomplete")).exists();
        assertThat(target.resolve("vmcore")).doesNotExist();
    }

    @Test
    void aCoreThatEndsEarlyIsSavedAndNotCalledWhole() throws IOException, InterruptedException {
        ring().append(SyntheticRecord.of(0, "the last words")).build(info);
        memory.reserve(PLACE, 1 << 20);
        byte[] core = core();

        Ended ended = save(Arrays.copyOf(core, core.length - 5000));

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.words()).contains("the vmcore ends at byte " + (core.length - 5000) + " of " + core.length);
        assertThat(target.resolve("vmcore-incomplete")).exists();
    }

    @Test
    void anExistingFileAndALinkAreNeverWrittenTo() throws IOException, InterruptedException {
        Path innocent = Files.writeString(folder.resolve("innocent"), "as it was");
        Files.createSymbolicLink(target.resolve("vmcore-incomplete"), innocent);
        ring().append(SyntheticRecord.of(0, "the last words")).build(info);

        Ended ended = save(core());

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.words()).contains("vmcore-incomplete: File exists");
        assertThat(innocent).hasContent("as it was");
    }

    /// Whatever is wrong, it ends by itself, and never by a signal.
    @Test
    void aDamagedCoreDoesNotBreakIt() throws IOException, InterruptedException {
        ring().append(SyntheticRecord.of(0, "first"))
                .append(SyntheticRecord.of(1, "second"))
                .build(info);
        byte[] core = core();
        Random random = new Random(5);
        for (int run = 0; run < 200; run++) {
            byte[] damaged = core.clone();
            for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
                damaged[random.nextInt(run % 2 == 0 ? Math.min(4096, core.length) : core.length)] =
                        (byte) random.nextInt();
            }
            target = Files.createDirectory(folder.resolve("run-" + run));
            Ended ended = save(damaged, "timeout", "-k", "1", "60");
            assertThat(ended.status()).as("run %d: %s", run, ended.words()).isBetween(0, 3);
        }
    }

    @Test
    void whatIsNoCoreIsRefused() throws IOException, InterruptedException {
        Ended ended = save("no core".repeat(100).getBytes(StandardCharsets.US_ASCII));
        assertThat(ended.status()).isEqualTo(3);
        assertThat(ended.words()).isEqualTo(folder.resolve("core") + ": it is no 64-bit ELF core\n");
        assertThat(run(new String[0]).status()).isEqualTo(64);
    }
}
