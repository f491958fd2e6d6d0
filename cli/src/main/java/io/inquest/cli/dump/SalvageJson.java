package io.inquest.cli.dump;

import io.inquest.dump.salvage.SalvageReport;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A salvage for programs; members are only ever added.
final class SalvageJson {

    private final JsonWriter json;

    SalvageJson(JsonWriter json) {
        this.json = json;
    }

    void write(Path output, SalvageReport report, LostClasses classes) throws IOException {
        json.beginObject();
        json.name("output").value(output.toString());
        json.name("format").value(report.format());
        sentences("repairs", report.repairs());
        sentences("losses", report.losses());
        json.name("pages").beginObject();
        json.name("kept").value(report.kept());
        json.name("unchecked").value(report.unchecked());
        json.name("lost").value(report.lost());
        VerificationJson.ranges(json, "lostFrames", report.lostFrames());
        json.name("moreLostRuns").value(report.moreLostRuns());
        json.name("lostByClass").beginObject();
        for (Map.Entry<String, Long> one : classes.pages().entrySet()) {
            json.name(one.getKey()).value(one.getValue());
        }
        json.endObject();
        json.endObject();
        json.endObject().endDocument();
    }

    /// Why nothing was saved.
    void writeFailure(Path output, String sentence) throws IOException {
        json.beginObject();
        json.name("output").value(output.toString());
        json.name("error").value(sentence);
        json.endObject().endDocument();
    }

    private void sentences(String name, List<String> sentences) throws IOException {
        json.name(name).beginArray();
        for (String sentence : sentences) {
            json.value(sentence);
        }
        json.endArray();
    }
}
