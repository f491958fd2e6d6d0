package io.inquest.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.output.Table.Column;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class TableTest {

    @Test
    void columnsAreAsWideAsTheirWidestCell() throws IOException {
        StringBuilder text = new StringBuilder();
        Table.of(Column.words("STATE"), Column.numbers("PAGES"), Column.words("WHY"))
                .row("stored", "7", "")
                .row("excluded", "40,100", "free")
                .writeTo(text);
        assertThat(text).hasToString("""
                STATE      PAGES  WHY
                stored         7
                excluded  40,100  free
                """);
    }

    @Test
    void cellsCannotBreakTheLine() throws IOException {
        StringBuilder text = new StringBuilder();
        Table.of(Column.words("A"), Column.words("B")).row("x\ny", "\u001b[m").writeTo(text);
        assertThat(text).hasToString("A       B\nx\\x0ay  \\x1b[m\n");
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        Table table = Table.of(Column.words("A"), Column.words("B"));
        assertThatThrownBy(() -> table.row("only one")).isInstanceOf(IllegalArgumentException.class);
    }
}
