package io.inquest.cli.kdump;

import io.inquest.capture.config.Origin;
import io.inquest.capture.config.Problem;
import io.inquest.capture.config.Reading;
import io.inquest.capture.config.Setting;
import io.inquest.capture.place.Place;
import io.inquest.cli.kdump.Row.Shown;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.List;

/// The effective configuration, or what is wrong with it, as JSON.
final class ConfigJson {

    private final JsonWriter json;

    ConfigJson(JsonWriter json) {
        this.json = json;
    }

    void write(ShownConfig shown) throws IOException {
        json.beginObject().name("valid").value(true);
        files(shown.files());
        problems("warnings", shown.reading().warnings());
        json.name("targets").beginArray();
        for (ShownConfig.ShownTarget target : shown.targets()) {
            target(target);
        }
        json.endArray().name("settings").beginObject();
        for (Row row : ConfigRows.of(shown.reading().configuration())) {
            json.name(row.name()).beginObject().name("value");
            value(row.value());
            origin(row.origin());
            json.endObject();
        }
        json.endObject().endObject().endDocument();
    }

    void write(List<String> files, Reading.Invalid reading) throws IOException {
        json.beginObject().name("valid").value(false);
        files(files);
        problems("errors", reading.errors());
        problems("warnings", reading.warnings());
        json.endObject().endDocument();
    }

    private void files(List<String> files) throws IOException {
        json.name("files").beginArray();
        for (String file : files) {
            json.value(file);
        }
        json.endArray();
    }

    private void target(ShownConfig.ShownTarget target) throws IOException {
        json.beginObject();
        setting("target", target.destination().target());
        setting("path", target.destination().path());
        json.name("saves_to");
        if (target.place() instanceof Place.Nowhere) {
            json.nullValue();
        } else {
            json.value(target.place().toString());
        }
        if (target.place() instanceof Place.Nowhere(var reason)) {
            json.name("reason").value(reason);
        }
        json.endObject();
    }

    private void setting(String name, Setting<?> setting) throws IOException {
        json.name(name).beginObject().name("value").value(setting.value().toString());
        origin(setting.origin());
        json.endObject();
    }

    private void origin(Origin origin) throws IOException {
        json.name("from");
        switch (origin) {
            case Origin.Default _ -> json.nullValue();
            case Origin.Line(var file, var line) -> {
                json.beginObject();
                place(file, line);
                json.endObject();
            }
        }
    }

    private void place(String file, int line) throws IOException {
        json.name("file").value(file).name("line").value(line);
    }

    private void problems(String name, List<Problem> problems) throws IOException {
        json.name(name).beginArray();
        for (Problem problem : problems) {
            json.beginObject();
            place(problem.at().file(), problem.at().line());
            json.name("text").value(problem.text()).endObject();
        }
        json.endArray();
    }

    private void value(Shown value) throws IOException {
        switch (value) {
            case Shown.Word(var text) -> json.value(text);
            case Shown.Count(var number) -> json.value(number);
            case Shown.Truth(var truth) -> json.value(truth);
            case Shown.Words(var words) -> {
                json.beginArray();
                for (String word : words) {
                    json.value(word);
                }
                json.endArray();
            }
            case Shown.Nothing _ -> json.nullValue();
        }
    }
}
