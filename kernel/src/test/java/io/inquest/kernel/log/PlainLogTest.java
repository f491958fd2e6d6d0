package io.inquest.kernel.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.inquest.dump.DumpException;
import io.inquest.kernel.FlatSpace;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.testkit.LogPlace;
import io.inquest.testkit.PlainLogBuilder;
import io.inquest.testkit.SyntheticMemory;
import io.inquest.testkit.VmcoreInfoBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class PlainLogTest {

    private final SyntheticMemory memory = new SyntheticMemory(ByteOrder.LITTLE_ENDIAN);

    private PlainLogBuilder builder(int bufferBytes) {
        return new PlainLogBuilder(new LogPlace(memory, 0x10_0000, 0, 8), bufferBytes);
    }

    private static VmcoreInfo infoOf(PlainLogBuilder builder) {
        VmcoreInfoBuilder info = new VmcoreInfoBuilder();
        builder.build(info);
        return VmcoreInfo.parse(info.build());
    }

    private KernelLog open(PlainLogBuilder builder) throws IOException {
        return PlainLog.open(new FlatSpace(memory, 8), infoOf(builder));
    }

    private static String text(KernelLog log, LogRange range, LogStyle style) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LogText.write(log, range, style, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void linesLoseTheirPriorityAndKeepTheirTime() throws IOException {
        KernelLog log = open(builder(1024).emit("<6>[    1.000000] one\n<28>two\nthree <3>\n<x>four\n<5>open"));

        Collected collected = Collected.of(log);

        assertThat(collected.texts()).containsExactly("[    1.000000] one", "two", "three <3>", "<x>four", "open");
        assertThat(collected.records().get(0).level()).hasValue(6);
        assertThat(collected.records().get(1).level()).hasValue(4);
        assertThat(collected.records().get(1).facility()).hasValue(3);
        assertThat(collected.records().get(2).level()).isEmpty();
        assertThat(collected.records().get(0).nanoseconds()).isEmpty();
        assertThat(collected.end()).isEqualTo(new LogEnd.Complete());
    }

    @Test
    void compatibleTextIsTheBufferByteForByteAndOursIsReadable() throws IOException {
        KernelLog log = open(builder(1024).emit("<6>[    1.000000] one\n<4>two"));

        assertThat(text(log, LogRange.ALL, LogStyle.MAKEDUMPFILE)).isEqualTo("<6>[    1.000000] one\n<4>two");
        assertThat(text(log, LogRange.ALL, LogStyle.VMCORE_DMESG)).isEqualTo("<6>[    1.000000] one\n<4>two");
        assertThat(text(log, LogRange.ALL, LogStyle.DMESG)).isEqualTo("[    1.000000] one\ntwo\n");
    }

    @Test
    void fullRingBeginsWithTheOldestCharacter() throws IOException {
        PlainLogBuilder builder = builder(16);
        for (int i = 0; i < 40; i++) {
            builder.emit("<6>" + (char) ('a' + i % 26) + "\n");

            String all = text(open(builder), LogRange.ALL, LogStyle.MAKEDUMPFILE);
            assertThat(all).hasSize(Math.min(16, 5 * (i + 1))).endsWith((char) ('a' + i % 26) + "\n");
        }
    }

    @Test
    void clearedLogBeginsAtTheMark() throws IOException {
        KernelLog log = open(builder(1024).emit("<6>old\n").clear().emit("<6>new\n"));

        assertThat(Collected.of(log, LogRange.SINCE_CLEAR).texts()).containsExactly("new");
        assertThat(Collected.of(log).texts()).containsExactly("old", "new");
    }

    @Test
    void unreadablePageIsLeftOutAndTheRestDelivered() throws IOException {
        PlainLogBuilder builder = builder(16384);
        for (int i = 0; i < 1500; i++) {
            builder.emit("<6>" + i + "\n");
        }
        KernelLog log = open(builder);
        memory.pages().remove((builder.buffer() >>> 12) + 1);

        Collected collected = Collected.of(log);

        assertThat(collected.texts()).startsWith("0", "1").endsWith("1498", "1499");
        assertThat(collected.end().describe()).contains("parts of the buffer at 0x101000 are missing: no page at");
    }

    @Test
    void veryLongLineIsCutAndNotLost() throws IOException {
        KernelLog log = open(builder(32768).emit("x".repeat(20_000)));

        assertThat(Collected.of(log).records())
                .extracting(record -> record.text().remaining())
                .containsExactly(8192, 8192, 3616);
    }

    @Test
    void impossibleBufferSizeIsRefused() {
        VmcoreInfo info = infoOf(builder(1024));
        memory.put32(info.symbol("log_buf_len").orElseThrow(), 1000);

        assertThatExceptionOfType(DumpException.class)
                .isThrownBy(() -> PlainLog.open(new FlatSpace(memory, 8), info))
                .withMessageContaining("log_buf_len is 1000, expected a power of two");
    }
}
