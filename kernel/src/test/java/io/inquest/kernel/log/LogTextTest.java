package io.inquest.kernel.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The lines of makedumpfile 1.7.8 and vmcore-dmesg 2.0.32 were taken from runs of these programs on a dump
/// whose log had been given such records.
final class LogTextTest {

    private static LogRecord record(long nanoseconds, int caller, String latin1) {
        return record(nanoseconds, caller, latin1.getBytes(StandardCharsets.ISO_8859_1), false);
    }

    private static LogRecord record(long nanoseconds, int caller, byte[] text, boolean continuation) {
        return new LogRecord(
                OptionalLong.empty(),
                OptionalLong.of(nanoseconds),
                OptionalInt.of(6),
                OptionalInt.of(0),
                OptionalInt.of(caller),
                continuation,
                List.of(),
                ByteBuffer.wrap(text));
    }

    private static String write(LogStyle style, LogRecord... records) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LogText text = new LogText(out, style);
        for (LogRecord record : records) {
            text.record(record);
        }
        text.finish();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void eachStyleHasItsPrefix() throws IOException {
        LogRecord task = record(12_000_345_678L, 42, "text");
        LogRecord cpu = record(123_456_000_000_000L, 0x8000_0003, "text");

        assertThat(write(LogStyle.MAKEDUMPFILE, task)).isEqualTo("[   12.000345] [     T42] text\n");
        assertThat(write(LogStyle.MAKEDUMPFILE, cpu)).isEqualTo("[123456.000000] [      C3] text\n");
        assertThat(write(LogStyle.VMCORE_DMESG, task)).isEqualTo("[   12.000345] text\n");
        assertThat(write(LogStyle.DMESG, task)).isEqualTo("[   12.000345] text\n");
        assertThat(write(LogStyle.DMESG_CALLER, cpu)).isEqualTo("[123456.000000][    C3] text\n");
    }

    @Test
    void newlineInsideARecordIsWrittenAsEachProgramDoes() throws IOException {
        LogRecord record = record(0, 0, "A\nB");

        assertThat(write(LogStyle.MAKEDUMPFILE, record))
                .isEqualTo("[    0.000000] [      T0] A\n                          B\n");
        assertThat(write(LogStyle.VMCORE_DMESG, record)).isEqualTo("[    0.000000] A\nB\n");
        assertThat(write(LogStyle.DMESG, record)).isEqualTo("[    0.000000] A\n[    0.000000] B\n");
    }

    @Test
    void bytesThatAreNoTextAreEscapedWithTwoDigits() throws IOException {
        LogRecord record = record(0, 0, "\tD\u000bE\fF\u001bG\u007fH\rI\u0000J\u00ffK");

        assertThat(write(LogStyle.MAKEDUMPFILE, record))
                .isEqualTo("[    0.000000] [      T0] \tD\\x0bE\\x0cF\\x1bG\\x7fH\\x0dI\\x00J\\xffK\n");
        assertThat(write(LogStyle.DMESG, record))
                .isEqualTo("[    0.000000] \tD\\x0bE\\x0cF\\x1bG\\x7fH\\x0dI\\x00J\\xffK\n");
    }

    @Test
    void utf8IsReadableInOurStyleAndEscapedInTheOthers() throws IOException {
        LogRecord record = record(0, 0, "10 \u20ac \ud83d\ude00".getBytes(StandardCharsets.UTF_8), false);

        assertThat(write(LogStyle.DMESG, record)).isEqualTo("[    0.000000] 10 \u20ac \ud83d\ude00\n");
        assertThat(write(LogStyle.VMCORE_DMESG, record))
                .isEqualTo("[    0.000000] 10 \\xe2\\x82\\xac \\xf0\\x9f\\x98\\x80\n");
    }

    @ParameterizedTest
    @CsvSource({
        "c080, \\xc0\\x80",
        "c29b, \\xc2\\x9b",
        "e08080, \\xe0\\x80\\x80",
        "eda080, \\xed\\xa0\\x80",
        "f4908080, \\xf4\\x90\\x80\\x80",
        "f08080, \\xf0\\x80\\x80",
        "e282, \\xe2\\x82",
        "f8, \\xf8"
    })
    void invalidUtf8AndTerminalControlsAreEscaped(String bytes, String expected) throws IOException {
        byte[] text = HexFormat.of().parseHex(bytes);

        assertThat(write(LogStyle.DMESG, record(0, 0, text, false))).isEqualTo("[    0.000000] " + expected + "\n");
    }

    @Test
    void continuationStaysOnTheLine() throws IOException {
        LogRecord first = record(0, 0, "a");
        LogRecord second = record(1000, 0, "b".getBytes(StandardCharsets.US_ASCII), true);

        assertThat(write(LogStyle.DMESG, first, second, record(2000, 0, "c")))
                .isEqualTo("[    0.000000] ab\n[    0.000002] c\n");
    }

    @Test
    void emptyTextIsALine() throws IOException {
        assertThat(write(LogStyle.DMESG, record(0, 0, ""), record(1000, 0, "")))
                .isEqualTo("[    0.000000] \n[    0.000001] \n");
        assertThat(write(LogStyle.DMESG)).isEmpty();
    }

    @Test
    void longTextIsWrittenWhole() throws IOException {
        String text = "x".repeat(100_000);

        assertThat(write(LogStyle.DMESG, record(0, 0, text))).isEqualTo("[    0.000000] " + text + "\n");
    }

    /// A bidirectional override, a separator of lines, and a tag character, byte by byte.
    @Test
    void utf8ThatReordersOrHidesItsNeighboursIsEscaped() throws IOException {
        LogRecord record = record(0, 0, "a\u202eb\u2028\udb40\udc41c".getBytes(StandardCharsets.UTF_8), false);
        assertThat(write(LogStyle.DMESG, record))
                .isEqualTo("[    0.000000] a\\xe2\\x80\\xaeb\\xe2\\x80\\xa8\\xf3\\xa0\\x81\\x81c\n");
    }
}
