package io.inquest.cli.dump;

import io.inquest.dump.trailer.Damage;
import io.inquest.output.JsonWriter;
import java.io.IOException;

/// A verification for programs; members are only ever added.
///
/// | Member of a file | Holds                                                                             |
/// |------------------|-----------------------------------------------------------------------------------|
/// | `path`           | its name, as given                                                                |
/// | `state`          | `whole`, or `damaged`: also of a file that is cut or marked as incomplete         |
/// | `checkedBy`      | `checksums`, or `unpacking` where it has none                                     |
/// | `damage`         | `what` is damaged, where (`offset` and `bytes`, or `firstPfn`), and the `reason`  |
///
/// Of a split dump nobody can say which part lost a page, so that only `pages` tells of it.
final class VerificationJson {

    private final JsonWriter json;

    VerificationJson(JsonWriter json) {
        this.json = json;
    }

    void write(Verification found) throws IOException {
        json.beginObject();
        json.name("whole").value(found.whole());
        json.name("complete").value(found.completeness().complete());
        json.name("remarks").beginArray();
        for (String remark : found.completeness().remarks()) {
            json.value(remark);
        }
        json.endArray();
        json.name("files").beginArray();
        for (Verification.File file : found.files()) {
            file(file, found);
        }
        json.endArray();
        pages(found.pages());
        json.endObject().endDocument();
    }

    private void file(Verification.File file, Verification found) throws IOException {
        boolean single = found.files().size() == 1;
        boolean hasPlaces = file.hasChecksums() && !single;
        boolean whole = hasPlaces ? file.damage().isEmpty() : found.whole();
        json.beginObject();
        json.name("path").value(file.path().toString());
        json.name("state").value(whole ? "whole" : "damaged");
        json.name("checkedBy").value(file.hasChecksums() ? "checksums" : "unpacking");
        json.name("damage").beginArray();
        for (Damage part : file.damage()) {
            json.beginObject();
            json.name("offset").value(part.offset()).name("bytes").value(part.bytes());
            json.name("what").value(part.section());
            json.name("reason").value(part.sentence());
            json.endObject();
        }
        if (single && found.pages().lost() > 0) {
            lost(found.pages());
        }
        json.endArray().endObject();
    }

    private void lost(PageReading pages) throws IOException {
        json.beginObject();
        json.name("firstPfn").value(pages.firstLost());
        json.name("what").value("pages");
        json.name("reason").value(pages.lost() + " pages cannot be read or unpacked");
        json.endObject();
    }

    private void pages(PageReading pages) throws IOException {
        json.name("pages").beginObject();
        json.name("readable").value(pages.readable()).name("lost").value(pages.lost());
        if (pages.lost() > 0) {
            json.name("firstLostPfn").value(pages.firstLost());
        }
        json.endObject();
    }
}
