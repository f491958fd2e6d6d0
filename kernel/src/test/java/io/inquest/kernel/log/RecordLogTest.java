package io.inquest.kernel.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.FlatSpace;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.testkit.LogPlace;
import io.inquest.testkit.RecordLogBuilder;
import io.inquest.testkit.SyntheticMemory;
import io.inquest.testkit.SyntheticRecord;
import io.inquest.testkit.VmcoreInfoBuilder;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecordLogTest {

    private static final long PLACE = 0x10_0000;
    private static final int NEWLINE = 2;
    private static final int PREFIX = 4;
    private static final int CONT = 8;

    private SyntheticMemory memory = new SyntheticMemory(ByteOrder.LITTLE_ENDIAN);
    private int wordBytes = 8;

    private RecordLogBuilder builder(int bufferBytes) {
        return new RecordLogBuilder(place(), "printk_log", bufferBytes, 4, false);
    }

    private LogPlace place() {
        return new LogPlace(memory, PLACE, 0, wordBytes);
    }

    private static VmcoreInfo infoOf(RecordLogBuilder builder) {
        VmcoreInfoBuilder info = new VmcoreInfoBuilder();
        builder.build(info);
        return VmcoreInfo.parse(info.build());
    }

    private KernelLog open(RecordLogBuilder builder) throws IOException {
        return open(infoOf(builder));
    }

    private KernelLog open(VmcoreInfo info) throws IOException {
        return RecordLog.open(new FlatSpace(memory, wordBytes), info);
    }

    private static List<String> numbered(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "line " + i).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "log, 8, 4, false, true",
        "log, 4, 4, false, true",
        "printk_log, 8, 4, true, true",
        "printk_log, 8, 8, true, false",
        "printk_log, 4, 8, false, false"
    })
    void recordsKeepTheirFactsInEachShape(String struct, int word, int alignment, boolean caller, boolean littleEndian)
            throws IOException {
        memory = new SyntheticMemory(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        wordBytes = word;
        RecordLogBuilder builder = new RecordLogBuilder(place(), struct, 4096, alignment, caller);
        builder.append(SyntheticRecord.of(1_500_000_000L, "first"), "SUBSYSTEM=pci");
        builder.append(SyntheticRecord.of(2, "second").level(3).facility(7).caller(99));

        KernelLog log = open(builder);
        Collected collected = Collected.of(log);

        assertThat(collected.texts()).containsExactly("first", "second");
        assertThat(collected.records().getFirst().dictionary()).containsExactly("SUBSYSTEM=pci");
        LogRecord second = collected.records().get(1);
        assertThat(second.dictionary()).isEmpty();
        assertThat(second.level()).hasValue(3);
        assertThat(second.facility()).hasValue(7);
        assertThat(second.sequence()).isEmpty();
        assertThat(second.caller().isPresent()).isEqualTo(caller);
        assertThat(log.recordsCaller()).isEqualTo(caller);
        assertThat(log.showsCaller()).isEqualTo(caller);
        assertThat(collected.records().get(0).nanoseconds()).hasValue(1_500_000_000L);
        assertThat(collected.end()).isEqualTo(new LogEnd.Complete());
    }

    @Test
    void olderRecordsGoWhenTheBufferIsFullAndTheEndWraps() throws IOException {
        for (int records = 1; records < 200; records++) {
            memory.pages().clear();
            RecordLogBuilder builder = builder(300);
            for (int i = 0; i < records; i++) {
                builder.append(SyntheticRecord.of(i, "line " + i));
            }

            Collected collected = Collected.of(open(builder));

            assertThat(collected.texts())
                    .isEqualTo(numbered(records - collected.texts().size(), records));
            assertThat(collected.texts()).hasSizeGreaterThanOrEqualTo(Math.min(records, 7));
            assertThat(collected.end()).isEqualTo(new LogEnd.Complete());
        }
    }

    @Test
    void fragmentsOfALineContinueTheRecordBefore() throws IOException {
        RecordLogBuilder builder = builder(4096);
        builder.append(SyntheticRecord.of(0, "a").flags(CONT));
        builder.append(SyntheticRecord.of(1, "b").flags(CONT));
        builder.append(SyntheticRecord.of(2, "c").flags(CONT | NEWLINE));
        builder.append(SyntheticRecord.of(3, "d").flags(CONT));
        builder.append(SyntheticRecord.of(4, "e").flags(NEWLINE | PREFIX));
        builder.append(SyntheticRecord.of(5, "f").flags(NEWLINE));

        assertThat(Collected.of(open(builder)).records())
                .extracting(LogRecord::continuation)
                .containsExactly(false, true, true, false, false, false);
    }

    @Test
    void clearedLogBeginsAtTheMark() throws IOException {
        RecordLogBuilder builder =
                builder(4096).append(SyntheticRecord.of(0, "old")).clear();
        builder.append(SyntheticRecord.of(1, "new"));

        assertThat(Collected.of(open(builder), LogRange.SINCE_CLEAR).texts()).containsExactly("new");
        assertThat(Collected.of(open(builder)).texts()).containsExactly("old", "new");
    }

    @Test
    void clearingWithNothingAfterItLeavesNothing() throws IOException {
        RecordLogBuilder builder =
                builder(4096).append(SyntheticRecord.of(0, "old")).clear();

        assertThat(Collected.of(open(builder), LogRange.SINCE_CLEAR).texts()).isEmpty();
    }

    @Test
    void markInsideANewerRecordGivesAllThatIsLeft() throws IOException {
        RecordLogBuilder builder = builder(4096).append(SyntheticRecord.of(0, "line 0"));
        VmcoreInfo info = infoOf(builder);
        memory.put32(info.symbol("clear_idx").orElseThrow(), 5);

        assertThat(Collected.of(open(info), LogRange.SINCE_CLEAR).texts()).containsExactly("line 0");
    }

    @Test
    void circleEndsTheWalkAfterAllRecords() throws IOException {
        RecordLogBuilder builder = builder(4096);
        for (int i = 0; i < 3; i++) {
            builder.append(SyntheticRecord.of(i, "line " + i));
        }
        VmcoreInfo info = infoOf(builder);
        memory.put32(info.symbol("log_next_idx").orElseThrow(), 2);

        Collected collected = Collected.of(open(info));

        assertThat(collected.texts()).startsWith("line 0", "line 1", "line 2");
        assertThat(collected.end()).isInstanceOf(LogEnd.Loop.class);
        assertThat(collected.end().describe()).contains("go round in a circle").contains("0x101000");
    }

    @Test
    void recordOutsideTheBufferEndsTheWalk() throws IOException {
        RecordLogBuilder builder = builder(4096).append(SyntheticRecord.of(0, "line 0"));
        long second = builder.nextRecord();
        builder.append(SyntheticRecord.of(1, "line 1"));
        memory.put16(second + 8, 60_000);

        Collected collected = Collected.of(open(builder));

        assertThat(collected.texts()).containsExactly("line 0");
        assertThat(collected.end()).isInstanceOf(LogEnd.IndexOutside.class);

        memory.put16(second + 8, 7);
        assertThat(Collected.of(open(builder)).end()).isInstanceOf(LogEnd.IndexOutside.class);
    }

    @Test
    void unreadableBufferIsToldBehindWhatCouldBeRead() throws IOException {
        RecordLogBuilder builder = builder(16384);
        for (int i = 0; i < 400; i++) {
            builder.append(SyntheticRecord.of(i, "line " + i));
        }
        KernelLog log = open(builder);
        memory.pages().remove((builder.buffer() >>> 12) + 1);

        Collected collected = Collected.of(log);

        assertThat(collected.texts())
                .isEqualTo(numbered(0, collected.texts().size()))
                .hasSizeGreaterThan(100);
        assertThat(collected.end().describe()).startsWith("the rest of the log cannot be read: no page at");
    }

    @Test
    void impossibleBufferSizeIsRefused() {
        RecordLogBuilder builder = builder(4096);
        VmcoreInfo info = infoOf(builder);
        memory.put32(info.symbol("log_buf_len").orElseThrow(), 0);

        assertThatExceptionOfType(DumpException.class)
                .isThrownBy(() -> open(info))
                .withMessageContaining("log_buf_len is 0");
    }

    @Test
    void membersOutsideTheHeaderAreRefused() {
        String text = infoOf(builder(4096)).text().replace("printk_log.len)=8", "printk_log.len)=15");

        assertThatExceptionOfType(DumpException.class)
                .isThrownBy(() -> open(VmcoreInfo.parse(text)))
                .withMessageContaining("OFFSET(printk_log.len) 15 does not fit into SIZE(printk_log) 16");
    }

    @Test
    void damagedBufferNeitherHangsNorThrowsAnythingElse() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 3000; round++) {
            memory = new SyntheticMemory(ByteOrder.LITTLE_ENDIAN);
            RecordLogBuilder builder = builder(512);
            for (int i = 0; i < 30; i++) {
                builder.append(SyntheticRecord.of(i, "line " + i));
            }
            VmcoreInfo info = infoOf(builder);
            List<byte[]> pages = new ArrayList<>(memory.pages().values());
            for (int flips = 0; flips < 4; flips++) {
                byte[] page = pages.get(random.nextInt(pages.size()));
                page[random.nextInt(512)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                for (LogRange range : LogRange.values()) {
                    assertThat(Collected.of(open(info), range).records()).hasSizeLessThanOrEqualTo(1 << 16);
                }
            } catch (DumpException | MemoryFault documented) {
                assertThat(documented.getMessage()).isNotEmpty();
            }
        }
    }
}
