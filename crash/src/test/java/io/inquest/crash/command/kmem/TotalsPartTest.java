package io.inquest.crash.command.kmem;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.render.JsonRenderer;
import io.inquest.crash.render.TextRenderer;
import io.inquest.crash.result.Ending;
import io.inquest.kernel.object.WalkEnd;
import io.inquest.kernel.zone.MemoryTotals;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TotalsPartTest {

    private static MemoryTotals totals(WalkEnd buffersEnd) {
        return new MemoryTotals(1000, 400, 19, buffersEnd, 100, 50, 0, 0, 0, 0, 500, 100);
    }

    @Test
    void buffersThatAreNotAllThereAreNoNumber() throws IOException {
        MemoryTotals lacking = totals(new WalkEnd.Fault("an inode is missing"));
        StringBuilder text = new StringBuilder();
        Ending ending = new TextRenderer(text, () -> {}).render("kmem -i", TotalsPart.of(lacking));
        assertThat(text).contains("      BUFFERS        ?            ?    ?% of TOTAL MEM\n");
        assertThat(ending.missing()).containsExactly("BUFFERS is not known, CACHED includes it: an inode is missing");
        StringBuilder json = new StringBuilder();
        new JsonRenderer(JsonWriter.indented(json), () -> {}).render("kmem -i", TotalsPart.of(lacking));
        assertThat(json).contains("\"buffers\": null").contains("\"complete\": false");
    }

    @Test
    void buffersThatAreAllThereAreCounted() throws IOException {
        StringBuilder text = new StringBuilder();
        Ending ending =
                new TextRenderer(text, () -> {}).render("kmem -i", TotalsPart.of(totals(new WalkEnd.Complete())));
        assertThat(text).contains("      BUFFERS       19        76 KB    1% of TOTAL MEM\n");
        assertThat(ending.isComplete()).isTrue();
    }

    /// 3136 pages are 12.25 MB: printf takes the even digit of the two that are as near.
    @ParameterizedTest
    @CsvSource({"0, 0", "20, 80 KB", "256, 1 MB", "3136, 12.2 MB", "3264, 12.8 MB", "4672, 18.2 MB", "327680, 1.2 GB"})
    void sizesAreRoundedAsPrintfRoundsThem(long pages, String size) {
        assertThat(TotalsPart.size(pages)).isEqualTo(size);
    }
}
