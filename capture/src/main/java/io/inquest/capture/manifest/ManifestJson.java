package io.inquest.capture.manifest;

import io.inquest.capture.collect.Collected;
import io.inquest.capture.collect.Proof;
import io.inquest.capture.journal.Entry;
import io.inquest.capture.storage.SavedFile;
import io.inquest.makedumpfile.MadeDump;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/// Writes a manifest, `manifest.json`:
///
/// | member      | is                                                                                       |
/// |-------------|------------------------------------------------------------------------------------------|
/// | `format`    | [Manifest#FORMAT]                                                                        |
/// | `complete`  | whether all is there that was to be saved; `lacks` says why not, a sentence each         |
/// | `source`    | what the memory was read from; `kernel` and `crashed` are what it tells, or null         |
/// | `begun`     | UTC; `milliseconds` is how long it took from there                                       |
/// | `collector` | as configured; `dump.by` is what made the dump                                           |
/// | `dump`      | `file`, `complete`, `reason`, `by`, `level`, `comparedWith`, `pages` by what became of them |
/// | `files`     | of each `name`, `bytes` and `sha256`                                                     |
/// | `steps`     | the lines of the state file: `time`, `step`, `result`, `text`                             |
public final class ManifestJson {

    private final JsonWriter json;

    private ManifestJson(JsonWriter json) {
        this.json = json;
    }

    public static void write(Manifest manifest, Appendable out) throws IOException {
        JsonWriter json = JsonWriter.indented(out);
        new ManifestJson(json).write(manifest);
        json.endDocument();
    }

    private void write(Manifest manifest) throws IOException {
        json.beginObject().name("format").value(Manifest.FORMAT);
        json.name("complete").value(manifest.isComplete());
        json.name("lacks").beginArray();
        for (String sentence : manifest.lacks()) {
            json.value(sentence);
        }
        json.endArray();
        json.name("source").value(manifest.vmcore().toString());
        text("kernel", manifest.release());
        text("crashed", manifest.crashed().map(Instant::toString));
        json.name("begun").value(manifest.begun().toString());
        json.name("milliseconds").value(manifest.duration().toMillis());
        json.name("collector").value(manifest.collector());
        dump(manifest.dump());
        files(manifest);
        steps(manifest);
        json.endObject();
    }

    private void dump(Collected dump) throws IOException {
        json.name("dump").beginObject();
        text("file", dump.file().map(SavedFile::name));
        json.name("complete").value(dump.isComplete());
        json.name("reason").value(dump.reason()).name("by").value(dump.way());
        json.name("level");
        if (dump.dump().isPresent() && dump.dump().get().level().isPresent()) {
            json.value(dump.dump().get().level().getAsInt());
        } else {
            json.nullValue();
        }
        text("comparedWith", dump.proof().map(Proof::words));
        if (dump.dump().isPresent() && dump.dump().get().pages().isPresent()) {
            pages(dump.dump().get().pages().get());
        }
        json.endObject();
    }

    private void pages(MadeDump.PageCounts pages) throws IOException {
        json.name("pages").beginObject();
        json.name("existing").value(pages.existing()).name("stored").value(pages.stored());
        json.name("zero").value(pages.zero()).name("cache").value(pages.cache());
        json.name("privateCache").value(pages.privateCache()).name("user").value(pages.user());
        json.name("free").value(pages.free()).name("hwpoison").value(pages.hwpoison());
        json.name("offline").value(pages.offline()).endObject();
    }

    private void files(Manifest manifest) throws IOException {
        json.name("files").beginArray();
        for (SavedFile file : manifest.files()) {
            json.beginObject().name("name").value(file.name()).name("bytes").value(file.bytes());
            json.name("sha256").value(file.sha256()).endObject();
        }
        json.endArray();
    }

    private void steps(Manifest manifest) throws IOException {
        json.name("steps").beginArray();
        for (Entry entry : manifest.steps()) {
            json.beginObject().name("time").value(entry.time().toString());
            json.name("step")
                    .value(entry.step().word())
                    .name("result")
                    .value(entry.result().word());
            json.name("text").value(entry.sentence()).endObject();
        }
        json.endArray();
    }

    private void text(String name, Optional<String> text) throws IOException {
        json.name(name);
        if (text.isPresent()) {
            json.value(text.get());
        } else {
            json.nullValue();
        }
    }
}
