package io.inquest.makedumpfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.testkit.LogPlace;
import io.inquest.testkit.PlainLogBuilder;
import io.inquest.testkit.RecordLogBuilder;
import io.inquest.testkit.RingLogBuilder;
import io.inquest.testkit.SyntheticKernel;
import io.inquest.testkit.SyntheticMemory;
import io.inquest.testkit.SyntheticRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A log that is damaged in the middle: what can be read is written, one sentence says what cannot, and the exit
/// code is not 0.
class DamagedLogTest {

    private static final int RECORDS = 100;

    @TempDir
    private Path directory;

    private final SyntheticKernel kernel = new SyntheticKernel().utsname("Linux", "guest", "6.12.0-test");
    private LogPlace place = new LogPlace(kernel.memory(), 0, 0, Long.BYTES);

    /// Where a log is damaged, and how a walk through it then ends.
    enum Damage {
        LOST_TEXT("records of the log cannot be read"),
        LOOP("the log is damaged: its records go round in a circle"),
        SHORT_RECORD("the log is damaged: a record does not fit into the buffer"),
        LOST_RECORD("the rest of the log cannot be read"),
        LOST_CHARACTERS("the rest of the log cannot be read: parts of the buffer");

        private final String sentence;

        Damage(String sentence) {
            this.sentence = sentence;
        }
    }

    @BeforeEach
    void placeLog() {
        long address = kernel.allocate(1 << 17);
        place = new LogPlace(
                kernel.memory(), address, kernel.physical(SyntheticKernel.IMAGE) - SyntheticKernel.IMAGE, Long.BYTES);
    }

    private String vmcore(Damage damage) throws IOException {
        switch (damage) {
            case LOST_TEXT, LOOP -> {
                RingLogBuilder log = new RingLogBuilder(place, 8, 14);
                for (int i = 0; i < RECORDS; i++) {
                    log.append(record(i));
                }
                log.build(kernel.vmcoreInfo());
                if (damage == Damage.LOOP) {
                    long tailId = log.ring() + 4L * Long.BYTES;
                    kernel.memory().put64(kernel.physical(tailId), log.headId() + 2);
                } else {
                    lose(log.data() + SyntheticMemory.PAGE_BYTES);
                }
            }
            case SHORT_RECORD, LOST_RECORD -> {
                RecordLogBuilder log = new RecordLogBuilder(place, "printk_log", 1 << 14, 8, false);
                for (int i = 0; i < RECORDS; i++) {
                    if (i == RECORDS - 1 && damage == Damage.SHORT_RECORD) {
                        long lengthOfNext = log.nextRecord() + 8;
                        log.append(record(i));
                        kernel.memory().put16(kernel.physical(lengthOfNext), 3);
                    } else {
                        log.append(record(i));
                    }
                }
                log.build(kernel.vmcoreInfo());
                if (damage == Damage.LOST_RECORD) {
                    lose(log.buffer() + SyntheticMemory.PAGE_BYTES);
                }
            }
            case LOST_CHARACTERS -> {
                PlainLogBuilder log = new PlainLogBuilder(place, 1 << 14);
                for (int i = 0; i < RECORDS; i++) {
                    log.emit("<6>" + record(i).text() + "\n");
                }
                log.build(kernel.vmcoreInfo());
                lose(log.buffer() + SyntheticMemory.PAGE_BYTES);
            }
        }
        return Files.write(directory.resolve("vmcore"), kernel.core()).toString();
    }

    private static SyntheticRecord record(int number) {
        return SyntheticRecord.of(
                number, "record " + number + " of a log that fills more than one page" + ".".repeat(40));
    }

    private void lose(long imageAddress) {
        kernel.memory().pages().remove(kernel.physical(imageAddress) / SyntheticMemory.PAGE_BYTES);
    }

    @ParameterizedTest
    @EnumSource
    void savedLogHasWhatCanBeReadAndTheCommandFails(Damage damage) throws IOException {
        Path saved = directory.resolve("log");
        CommandRun run = CommandRun.makedumpfile("--dump-dmesg", vmcore(damage), saved.toString());

        assertThat(saved).content().contains("record 0 of a log");
        assertThat(run.err())
                .startsWith("dump_dmesg: ")
                .contains(damage.sentence)
                .containsOnlyOnce("\n");
        assertThat(run.out()).isEqualTo("\nmakedumpfile Failed.\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void vmcoreDmesgPrintsWhatCanBeReadAndFails(Damage damage) throws IOException {
        CommandRun run = CommandRun.vmcoreDmesg(vmcore(damage));

        assertThat(run.out()).contains("record 0 of a log");
        assertThat(run.err()).contains(damage.sentence).containsOnlyOnce("\n");
        assertThat(run.exitCode()).isEqualTo(5);
    }

    @Test
    void logWhoseDescriptionIsLostIsToldWithoutAnEmptyFile() throws IOException {
        vmcore(Damage.LOOP);
        lose(place.address());
        String vmcore = Files.write(directory.resolve("vmcore"), kernel.core()).toString();
        Path saved = directory.resolve("log");
        CommandRun run = CommandRun.makedumpfile("--dump-dmesg", vmcore, saved.toString());
        CommandRun printed = CommandRun.vmcoreDmesg(vmcore);

        assertThat(run.err()).contains("the log's description cannot be read");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(saved).doesNotExist();
        assertThat(printed.err()).contains("the log's description cannot be read");
        assertThat(printed.exitCode()).isEqualTo(5);
    }

    @Test
    void logOfAKernelWhosePageTablesAreLostStillFailsInOneSentence() throws IOException {
        vmcore(Damage.LOOP);
        lose(SyntheticKernel.IMAGE);
        String vmcore = Files.write(directory.resolve("vmcore"), kernel.core()).toString();
        CommandRun saved = CommandRun.makedumpfile(
                "--dump-dmesg", vmcore, directory.resolve("log").toString());
        CommandRun printed = CommandRun.vmcoreDmesg(vmcore);

        assertThat(saved.exitCode()).isEqualTo(1);
        assertThat(saved.err()).isNotEmpty().doesNotContain("\tat ");
        assertThat(printed.exitCode()).isEqualTo(5);
        assertThat(printed.err()).isNotEmpty().doesNotContain("\tat ");
    }
}
