package io.inquest.cli.page;

import io.inquest.kernel.page.PageInfo;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.Locale;

/// An explanation for programs; members are only ever added.
final class ExplanationJson {

    private final JsonWriter json;
    private final int pageShift;

    ExplanationJson(JsonWriter json, int pageShift) {
        this.json = json;
        this.pageShift = pageShift;
    }

    void write(Explanation explanation) throws IOException {
        json.beginObject();
        json.name("pfn").value(explanation.pfn());
        json.name("physicalAddress").hex(explanation.pfn() << pageShift);
        json.name("state").value(explanation.state().name().toLowerCase(Locale.ROOT));
        if (explanation.recorded().isPresent()) {
            json.name("recordedClass").value(explanation.recorded().get().label());
        }
        if (explanation.page().isPresent()) {
            page(explanation.page().get());
        }
        json.name("around").beginArray();
        for (Explanation.Run run : explanation.neighbours()) {
            json.beginObject();
            json.name("startPfn").value(run.startPfn()).name("endPfn").value(run.endPfn());
            json.name("state").value(run.state().name().toLowerCase(Locale.ROOT));
            if (run.pageClass().isPresent()) {
                json.name("class").value(run.pageClass().get().label());
            }
            json.endObject();
        }
        json.endArray().endObject().endDocument();
    }

    private void page(PageInfo page) throws IOException {
        json.name("class").value(page.pageClass().label());
        json.name("excludedByLevels").value(page.pageClass().levels());
        json.name("rule").value(page.rule().name().toLowerCase(Locale.ROOT));
        json.name("reason").value(page.rule().text());
        json.name("decidedAtPfn").value(page.decidedAt());
        json.name("decidedFrames").value(page.frames());
        if (page.structPage().isEmpty()) {
            return;
        }
        PageInfo.StructPage struct = page.structPage().get();
        json.name("structPage").beginObject();
        json.name("address").hex(struct.address());
        json.name("flags").hex(struct.flags());
        json.name("flagNames").beginArray();
        for (String name : struct.flagNames()) {
            json.value(name);
        }
        json.endArray();
        if (struct.type() < -1) {
            json.name("pageType").value(struct.typeName());
        } else {
            json.name("mapcount").value(struct.type() + 1);
        }
        json.name("refcount").value(struct.refcount());
        json.name("mapping").hex(struct.mapping());
        json.name("private").hex(struct.privateData());
        if (struct.head().isPresent()) {
            json.name("headPfn").value(struct.head().getAsLong());
        }
        json.name("order").value(struct.order());
        json.endObject();
    }
}
