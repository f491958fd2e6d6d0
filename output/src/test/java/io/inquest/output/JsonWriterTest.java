package io.inquest.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class JsonWriterTest {

    private final StringBuilder text = new StringBuilder();
    private final JsonWriter json = JsonWriter.compact(text);

    @Test
    void membersComeInTheOrderTheyWereWritten() throws IOException {
        json.beginObject()
                .name("b")
                .value(1)
                .name("a")
                .value(true)
                .name("n")
                .nullValue()
                .name("r")
                .value(0.5)
                .endObject();
        assertThat(text).hasToString("{\"b\":1,\"a\":true,\"n\":null,\"r\":0.5}");
    }

    @Test
    void indentedTextHasOneMemberALine() throws IOException {
        JsonWriter.indented(text)
                .beginObject()
                .name("list")
                .beginArray()
                .value(1)
                .value("two")
                .endArray()
                .name("none")
                .beginArray()
                .endArray()
                .endObject()
                .endDocument();
        assertThat(text).hasToString("""
            {
              "list": [
                1,
                "two"
              ],
              "none": []
            }
            """);
    }

    @Test
    void whatATerminalOrAParserCouldMistakeIsEscaped() throws IOException {
        json.value("a\"b\\c\nd\te\u001b[31m\u0085\ud800x\ud83d\ude00é");
        assertThat(text).hasToString("\"a\\\"b\\\\c\\nd\\te\\u001b[31m\\u0085\\ud800x\ud83d\ude00é\"");
    }

    @Test
    void addressesKeepAllTheirBits() throws IOException {
        json.hex(0xffff_8880_0000_0001L);
        assertThat(text).hasToString("\"0xffff888000000001\"");
    }

    @Test
    void numbersThatJsonDoesNotHaveAreNull() throws IOException {
        json.beginArray()
                .value(Double.NaN)
                .value(Double.POSITIVE_INFINITY)
                .value(Long.MIN_VALUE)
                .endArray();
        assertThat(text).hasToString("[null,null,-9223372036854775808]");
    }

    @Test
    void documentsFollowEachOtherOnLinesOfTheirOwn() throws IOException {
        json.beginObject().endObject().endDocument();
        json.value(2).endDocument();
        assertThat(text).hasToString("{}\n2\n");
    }

    @Test
    void textThatWouldNotBeJsonIsRefused() throws IOException {
        assertThatThrownBy(() -> json.name("x")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(json::endDocument).isInstanceOf(IllegalStateException.class);
        json.beginObject();
        assertThatThrownBy(() -> json.value(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(json::endArray).isInstanceOf(IllegalStateException.class);
        json.name("x");
        assertThatThrownBy(json::endObject).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> json.name("y")).isInstanceOf(IllegalStateException.class);
        json.value(1).endObject();
        assertThatThrownBy(() -> json.value(2)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void endlessNestingIsRefused() {
        assertThatThrownBy(() -> {
                    while (true) {
                        json.beginArray();
                    }
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("64");
    }

    /// JSON is read on terminals too.
    @Test
    void whatReordersOrHidesItsNeighboursIsEscaped() throws IOException {
        StringBuilder json = new StringBuilder();
        JsonWriter.compact(json).value("a\u202eb\u2028\udb40\udc41\ud83d\ude00");
        assertThat(json).hasToString("\"a\\u202eb\\u2028\\udb40\\udc41\ud83d\ude00\"");
    }
}
