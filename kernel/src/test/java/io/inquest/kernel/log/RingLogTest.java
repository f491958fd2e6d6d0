package io.inquest.kernel.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.FlatSpace;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.testkit.LogPlace;
import io.inquest.testkit.RingLogBuilder;
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
import org.junit.jupiter.params.provider.ValueSource;

final class RingLogTest {

    private static final long PLACE = 0x10_0000;

    private SyntheticMemory memory = new SyntheticMemory(ByteOrder.LITTLE_ENDIAN);
    private int wordBytes = 8;

    private RingLogBuilder builder(int countBits, int sizeBits) {
        return new RingLogBuilder(new LogPlace(memory, PLACE, 0, wordBytes), countBits, sizeBits);
    }

    private static VmcoreInfo infoOf(RingLogBuilder builder) {
        VmcoreInfoBuilder info = new VmcoreInfoBuilder();
        builder.build(info);
        return VmcoreInfo.parse(info.build());
    }

    private KernelLog open(RingLogBuilder builder) throws IOException {
        return open(infoOf(builder));
    }

    private KernelLog open(VmcoreInfo info) throws IOException {
        return RingLog.open(new FlatSpace(memory, wordBytes), info);
    }

    private static List<String> numbered(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "line " + i).toList();
    }

    @ParameterizedTest
    @CsvSource({"8, true", "4, true", "8, false", "4, false"})
    void recordsKeepTheirFactsInEachWordSizeAndByteOrder(int word, boolean littleEndian) throws IOException {
        memory = new SyntheticMemory(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        wordBytes = word;
        RingLogBuilder builder = builder(4, 10);
        builder.append(SyntheticRecord.of(1_500_000_000L, "first"));
        builder.append(
                SyntheticRecord.of(2, "second").level(3).facility(7).flags(8).caller(0x8000_0002));

        Collected log = Collected.of(open(builder));

        assertThat(log.texts()).containsExactly("first", "second");
        LogRecord first = log.records().get(0);
        assertThat(first.sequence()).hasValue(0);
        assertThat(first.nanoseconds()).hasValue(1_500_000_000L);
        assertThat(first.level()).hasValue(6);
        assertThat(first.facility()).hasValue(0);
        assertThat(first.caller()).hasValue(1);
        LogRecord second = log.records().get(1);
        assertThat(second.level()).hasValue(3);
        assertThat(second.facility()).hasValue(7);
        assertThat(second.caller()).hasValue(0x8000_0002);
        assertThat(log.end()).isEqualTo(new LogEnd.Complete());
    }

    @Test
    void emptyLogHasNoRecords() throws IOException {
        assertThat(Collected.of(open(builder(4, 10)))).isEqualTo(new Collected(List.of(), new LogEnd.Complete()));
    }

    @ParameterizedTest
    @CsvSource({"8, false", "4, false", "8, true", "4, true"})
    void olderRecordsGoWhenTheTextRingIsFullAndWrappedBlocksAreRead(int word, boolean fillsExactly) throws IOException {
        wordBytes = word;
        for (int records = 1; records < 200; records++) {
            memory.pages().clear();
            RingLogBuilder builder = builder(6, 8);
            if (fillsExactly) {
                builder.fillingExactly();
            }
            for (int i = 0; i < records; i++) {
                builder.append(SyntheticRecord.of(i, "line " + i));
            }

            List<String> texts = Collected.of(open(builder)).texts();

            assertThat(texts).isEqualTo(numbered(records - texts.size(), records));
            assertThat(texts).hasSizeGreaterThanOrEqualTo(Math.min(records, 256 / 24));
        }
    }

    @Test
    void olderRecordsGoWhenDescriptorsAreFull() throws IOException {
        RingLogBuilder builder = builder(3, 12);
        for (int i = 0; i < 30; i++) {
            builder.append(SyntheticRecord.of(i, "line " + i));
        }

        assertThat(Collected.of(open(builder)).texts()).isEqualTo(numbered(22, 30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0xffffefff", "0x3fffffffffffefff", "0x3ffffffffffffffe", "0"})
    void idsMayWrap(String startId) throws IOException {
        RingLogBuilder builder = builder(4, 12).startAt(Long.decode(startId));
        for (int i = 0; i < 10; i++) {
            builder.append(SyntheticRecord.of(i, "line " + i));
        }

        assertThat(Collected.of(open(builder)).texts()).isEqualTo(numbered(0, 10));
    }

    @Test
    void recordsThatAreNotWrittenOrHaveLostTheirTextAreLeftOut() throws IOException {
        RingLogBuilder builder = builder(4, 10);
        builder.append(SyntheticRecord.of(0, "committed"), RingLogBuilder.COMMITTED);
        builder.append(SyntheticRecord.of(1, "reserved"), RingLogBuilder.RESERVED);
        builder.appendWithoutText(SyntheticRecord.of(2, "lost"));
        builder.append(SyntheticRecord.of(3, ""));
        builder.append(SyntheticRecord.of(4, "reused"), RingLogBuilder.REUSABLE);
        builder.append(SyntheticRecord.of(5, "finalized"));

        assertThat(Collected.of(open(builder)).texts()).containsExactly("committed", "", "finalized");
    }

    @Test
    void textIsCutAtTheEndOfItsBlock() throws IOException {
        RingLogBuilder builder = builder(4, 10).append(SyntheticRecord.of(0, "12345678"));
        memory.put16(builder.info(builder.headId()) + 16, 60_000);

        assertThat(Collected.of(open(builder)).texts()).containsExactly("12345678");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void clearedLogBeginsAtTheMark(boolean latched) throws IOException {
        RingLogBuilder builder = builder(3, 10);
        if (!latched) {
            builder.withPlainClearSequence();
        }
        for (int i = 0; i < 5; i++) {
            builder.append(SyntheticRecord.of(i, "line " + i));
        }
        builder.clear();
        for (int i = 5; i < 9; i++) {
            builder.append(SyntheticRecord.of(i, "line " + i));
        }

        KernelLog log = open(builder);

        assertThat(log.marksClear()).isTrue();
        assertThat(Collected.of(log, LogRange.SINCE_CLEAR).texts()).isEqualTo(numbered(5, 9));
        assertThat(Collected.of(log).texts()).isEqualTo(numbered(1, 9));
    }

    @Test
    void markThatNewerRecordsHaveOvertakenGivesAllThatIsLeft() throws IOException {
        RingLogBuilder builder =
                builder(3, 10).append(SyntheticRecord.of(0, "line 0")).clear();
        for (int i = 1; i < 40; i++) {
            builder.append(SyntheticRecord.of(i, "line " + i));
        }

        assertThat(Collected.of(open(builder), LogRange.SINCE_CLEAR).texts()).isEqualTo(numbered(32, 40));
    }

    @Test
    void clearingWithNothingAfterItLeavesNothing() throws IOException {
        RingLogBuilder builder =
                builder(3, 10).append(SyntheticRecord.of(0, "old")).clear();

        assertThat(Collected.of(open(builder), LogRange.SINCE_CLEAR).texts()).isEmpty();
    }

    @Test
    void withoutMarkAllIsSinceTheClear() throws IOException {
        RingLogBuilder builder =
                builder(3, 10).append(SyntheticRecord.of(0, "old")).clear();
        VmcoreInfo info = VmcoreInfo.parse(infoOf(builder).text().replace("SYMBOL(clear_seq)", "SYMBOL(other)"));

        assertThat(open(info).marksClear()).isFalse();
        assertThat(Collected.of(open(info), LogRange.SINCE_CLEAR).texts()).containsExactly("old");
    }

    @Test
    void unreadablePageCostsOnlyItsOwnRecords() throws IOException {
        RingLogBuilder builder = builder(7, 14);
        for (int i = 0; i < 100; i++) {
            builder.append(SyntheticRecord.of(i, "record number %04d ".formatted(i) + "of a longer log ".repeat(5)));
        }
        KernelLog log = open(builder);
        memory.pages().remove((builder.data() >>> 12) + 1);

        Collected collected = Collected.of(log);

        assertThat(collected.end()).isInstanceOf(LogEnd.Fault.class);
        LogEnd.Fault fault = (LogEnd.Fault) collected.end();
        assertThat(fault.records()).isEqualTo(100 - collected.records().size()).isPositive();
        assertThat(fault.describe()).contains("records of the log cannot be read: no page at");
        assertThat(collected.texts().getFirst()).contains("0000");
        assertThat(collected.texts().getLast()).contains("0099");
    }

    @Test
    void ringThatIsNotThereEndsSoon() throws IOException {
        RingLogBuilder builder = builder(20, 14);
        memory.pages().tailMap(builder.descriptors() >>> 12).clear();
        VmcoreInfo info = infoOf(builder);
        memory.put64(builder.ring() + 24, 1 << 20);
        memory.put64(builder.ring() + 32, 1);

        Collected collected = Collected.of(open(info));

        assertThat(collected.records()).isEmpty();
        assertThat(collected.end().describe()).startsWith("the rest of the log cannot be read");
    }

    @Test
    void headAndTailTooFarApartAreToldAndTheRecordsStillRead() throws IOException {
        RingLogBuilder builder = builder(3, 10);
        for (int i = 0; i < 20; i++) {
            builder.append(SyntheticRecord.of(i, "line " + i));
        }
        VmcoreInfo info = infoOf(builder);
        memory.put64(builder.ring() + 32, builder.headId() + 1);

        Collected collected = Collected.of(open(info));

        assertThat(collected.texts()).isEqualTo(numbered(12, 20));
        assertThat(collected.end()).isInstanceOf(LogEnd.Loop.class);
    }

    @Test
    void impossibleRingSizesAreRefused() {
        RingLogBuilder builder = builder(3, 10);
        VmcoreInfo info = infoOf(builder);
        memory.put32(builder.ring(), 60);

        assertThatExceptionOfType(DumpException.class)
                .isThrownBy(() -> open(info))
                .withMessageContaining("prb_desc_ring.count_bits is 60, expected 1 to 28");
    }

    @Test
    void theFirstRingStandsInWherePrbIsLostAndItIsSaid() throws IOException {
        RingLogBuilder builder = builder(3, 10);
        builder.append(SyntheticRecord.of(0, "early"));
        VmcoreInfo info = VmcoreInfo.parse(
                infoOf(builder).text() + "SYMBOL(printk_rb_static)=" + Long.toHexString(builder.ring()) + "\n");
        assertThat(Collected.of(open(info)).end()).isEqualTo(new LogEnd.Complete());
        memory.put64(PLACE, 0xdead_0000L);

        Collected collected = Collected.of(open(info));

        assertThat(collected.texts()).containsExactly("early");
        assertThat(collected.end()).isInstanceOf(LogEnd.Fault.class);
        assertThat(collected.end().describe())
                .startsWith("the rest of the log cannot be read: prb leads nowhere (")
                .endsWith("printk_rb_static was read instead");
    }

    @Test
    void whereTheFirstRingIsLostTooThePointerIsToBlame() {
        RingLogBuilder builder = builder(3, 10);
        VmcoreInfo info = VmcoreInfo.parse(infoOf(builder).text() + "SYMBOL(printk_rb_static)=dead0000\n");
        memory.put32(builder.ring(), 60);

        assertThatExceptionOfType(DumpException.class)
                .isThrownBy(() -> open(info))
                .withMessageContaining("prb_desc_ring.count_bits is 60");
    }

    @Test
    void eachMissingKeyIsNamed() {
        String text = infoOf(builder(3, 10)).text();
        for (String line : text.split("\n", -1)) {
            String key = line.substring(0, Math.max(0, line.indexOf('=')));
            boolean optional = key.isEmpty()
                    || key.contains("clear_seq")
                    || key.contains("latched")
                    || key.contains("caller_id")
                    || key.contains("atomic")
                    || key.equals("SIZE(printk_ringbuffer)");
            if (!optional) {
                VmcoreInfo without = VmcoreInfo.parse(text.replace(line + "\n", ""));
                assertThatExceptionOfType(DumpException.class)
                        .as(key)
                        .isThrownBy(() -> open(without))
                        .withMessageContaining("it has no " + key);
            }
        }
    }

    @Test
    void membersOutsideTheirStructuresAreRefused() {
        String text = infoOf(builder(3, 10)).text();
        VmcoreInfo outside = VmcoreInfo.parse(text.replace("OFFSET(printk_info.seq)=0", "OFFSET(printk_info.seq)=88"));
        VmcoreInfo absurd = VmcoreInfo.parse(text.replace("SIZE(prb_desc)=24", "SIZE(prb_desc)=99999999999"));

        assertThatExceptionOfType(DumpException.class)
                .isThrownBy(() -> open(outside))
                .withMessageContaining("a member of printk_info ends at byte 96");
        assertThatExceptionOfType(DumpException.class)
                .isThrownBy(() -> open(absurd))
                .withMessageContaining("SIZE(prb_desc) is 99999999999");
    }

    @Test
    void levelIsUnknownWhereTheStructureIsNotTheKnownOne() throws IOException {
        RingLogBuilder builder = builder(3, 10).append(SyntheticRecord.of(0, "x"));
        String moved = infoOf(builder).text().replace("printk_info.caller_id)=20", "printk_info.caller_id)=24");

        LogRecord record = Collected.of(open(VmcoreInfo.parse(moved))).records().getFirst();

        assertThat(record.level()).isEmpty();
        assertThat(record.facility()).isEmpty();
    }

    @Test
    void damagedRingNeitherHangsNorThrowsAnythingElse() throws IOException {
        Random random = new Random(42);
        for (int round = 0; round < 3000; round++) {
            memory = new SyntheticMemory(ByteOrder.LITTLE_ENDIAN);
            RingLogBuilder builder = builder(4, 9);
            for (int i = 0; i < 20; i++) {
                builder.append(SyntheticRecord.of(i, "line " + i));
            }
            VmcoreInfo info = infoOf(builder);
            List<byte[]> pages = new ArrayList<>(memory.pages().values());
            for (int flips = 0; flips < 4; flips++) {
                byte[] page = pages.get(random.nextInt(pages.size()));
                page[random.nextInt(512)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                assertThat(Collected.of(open(info)).records()).hasSizeLessThanOrEqualTo(16);
            } catch (DumpException | MemoryFault documented) {
                assertThat(documented.getMessage()).isNotEmpty();
            }
        }
    }
}
