package io.inquest.cli.dump;

import io.inquest.dump.PfnRange;
import io.inquest.dump.trailer.Damage;
import io.inquest.dump.verify.Finding;
import io.inquest.dump.verify.PageTally;
import io.inquest.dump.verify.Verdict;
import io.inquest.dump.verify.Verification;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// A verification for programs; members are only ever added.
///
/// | Member of a file | Holds                                                                             |
/// |------------------|-----------------------------------------------------------------------------------|
/// | `path`           | its name, as given                                                                |
/// | `state`          | `whole`, or `damaged`: also of a file that is cut or marked as incomplete         |
/// | `checkedBy`      | `checksums`, or `unpacking` where it has none                                     |
/// | `damage`         | `what` is damaged, where (`offset` and `bytes`, or `firstPfn`), and the `reason`  |
///
/// Of a split dump nobody can say which part lost a page, so that only `pages` tells of it. A finding has a `kind`
/// (`missing`, `damaged`, `unreadable`, `dispensable`: missing, and the dump is as good as one that never had it, or
/// `remark`: nothing is missing), the place in
/// the file if it has one, and frames and pages if it costs some.
final class VerificationJson {

    private final JsonWriter json;

    VerificationJson(JsonWriter json) {
        this.json = json;
    }

    void write(Verification found) throws IOException {
        json.beginObject();
        json.name("verdict").value(found.verdict().name().toLowerCase(Locale.ROOT));
        json.name("format").value(found.format());
        json.name("whole").value(found.verdict() == Verdict.WHOLE);
        json.name("complete").value(found.completeness().complete());
        json.name("remarks").beginArray();
        for (String remark : found.completeness().remarks()) {
            json.value(remark);
        }
        json.endArray();
        json.name("findings").beginArray();
        for (Finding finding : found.findings()) {
            finding(finding);
        }
        json.endArray();
        json.name("files").beginArray();
        for (Verification.CheckedFile file : found.files()) {
            file(file, found);
        }
        json.endArray();
        pages(found.pages());
        json.endObject().endDocument();
    }

    private void finding(Finding finding) throws IOException {
        json.beginObject();
        json.name("kind").value(finding.kind().name().toLowerCase(Locale.ROOT));
        json.name("what").value(finding.what());
        json.name("reason").value(finding.reason());
        if (finding.offset() >= 0) {
            json.name("offset").value(finding.offset()).name("bytes").value(finding.bytes());
        }
        if (finding.frames().isPresent()) {
            PfnRange frames = finding.frames().get();
            json.name("firstPfn").value(frames.startPfn()).name("endPfn").value(frames.endPfn());
        }
        if (finding.frames().isPresent() || finding.pages() > 0) {
            json.name("pages").value(finding.pages());
        }
        json.endObject();
    }

    private void file(Verification.CheckedFile file, Verification found) throws IOException {
        boolean single = found.files().size() == 1;
        boolean hasPlaces = file.hasChecksums() && !single;
        boolean whole = hasPlaces ? file.damage().isEmpty() : found.verdict() == Verdict.WHOLE;
        json.beginObject();
        json.name("path").value(file.name());
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

    private void lost(PageTally pages) throws IOException {
        json.beginObject();
        if (pages.firstLost() >= 0) {
            json.name("firstPfn").value(pages.firstLost());
        }
        json.name("what").value("pages");
        json.name("reason").value(pages.lost() + " pages cannot be read or unpacked");
        json.endObject();
    }

    private void pages(PageTally pages) throws IOException {
        json.name("pages").beginObject();
        json.name("readable").value(pages.readable()).name("lost").value(pages.lost());
        json.name("missing").value(pages.missing()).name("damaged").value(pages.damaged());
        json.name("unchecked").value(pages.unchecked());
        if (pages.firstLost() >= 0) {
            json.name("firstLostPfn").value(pages.firstLost());
        }
        ranges(json, "lostFrames", pages.lostFrames());
        json.name("moreLostRuns").value(pages.moreLostRuns());
        json.endObject();
    }

    /// An array of `[first, end)` pairs.
    static void ranges(JsonWriter json, String name, List<PfnRange> ranges) throws IOException {
        json.name(name).beginArray();
        for (PfnRange range : ranges) {
            json.beginArray().value(range.startPfn()).value(range.endPfn()).endArray();
        }
        json.endArray();
    }
}
