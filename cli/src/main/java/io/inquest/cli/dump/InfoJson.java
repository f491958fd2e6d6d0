package io.inquest.cli.dump;

import io.inquest.dump.DumpHeader;
import io.inquest.dump.Machine;
import io.inquest.dump.Note;
import io.inquest.dump.PageState;
import io.inquest.dump.PfnRange;
import io.inquest.dump.PhysicalSegment;
import io.inquest.dump.Utsname;
import io.inquest.dump.codec.Compression;
import io.inquest.kernel.page.PageClass;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/// A dump's description for programs; members are only ever added.
final class InfoJson {

    private final JsonWriter json;

    InfoJson(JsonWriter json) {
        this.json = json;
    }

    void write(DumpDescription description) throws IOException {
        json.beginObject();
        json.name("files").beginArray();
        for (Path file : description.files()) {
            json.value(file.toString());
        }
        json.endArray();
        json.name("bytes").value(description.fileBytes());
        header(description.dump().header());
        completeness(description);
        machine(description);
        kernel(description.kernel());
        if (description.crashTimeSeconds().isPresent()) {
            long seconds = description.crashTimeSeconds().getAsLong();
            json.name("crashTime").value(Instant.ofEpochSecond(seconds).toString());
        }
        notes(description);
        segments(description);
        pages(description);
        if (description.vmcoreinfo().isPresent()) {
            json.name("vmcoreinfo").value(description.vmcoreinfo().get().text());
        }
        json.endObject().endDocument();
    }

    private void header(DumpHeader header) throws IOException {
        json.name("format").value(header.format());
        json.name("status").hex(header.status());
        if (header.dumpLevel().isPresent()) {
            json.name("dumpLevel").value(header.dumpLevel().getAsInt());
        }
        if (header.physBase().isPresent()) {
            json.name("physBase").hex(header.physBase().getAsLong());
        }
        if (header.part().isPresent()) {
            PfnRange part = header.part().get();
            json.name("part").beginObject();
            json.name("startPfn").value(part.startPfn()).name("endPfn").value(part.endPfn());
            json.endObject();
        }
        if (header.eraseInfo().isPresent()) {
            json.name("eraseInfo").value(header.eraseInfo().get());
        }
    }

    private void completeness(DumpDescription description) throws IOException {
        json.name("complete").value(description.dump().completeness().complete());
        json.name("remarks").beginArray();
        for (String remark : description.dump().completeness().remarks()) {
            json.value(remark);
        }
        json.endArray();
    }

    private void machine(DumpDescription description) throws IOException {
        Machine machine = description.dump().machine();
        json.name("machine").beginObject();
        json.name("name").value(machine.name());
        json.name("byteOrder").value(machine.order() == ByteOrder.LITTLE_ENDIAN ? "little" : "big");
        json.name("wordBytes").value(machine.wordBytes());
        json.name("pageBytes").value(machine.pageBytes());
        if (description.cpus().isPresent()) {
            json.name("cpus").value(description.cpus().getAsInt());
        }
        json.endObject();
    }

    private void kernel(Utsname kernel) throws IOException {
        if (kernel.known()) {
            json.name("kernel").beginObject();
            json.name("sysname").value(kernel.sysname());
            json.name("nodename").value(kernel.nodename());
            json.name("release").value(kernel.release());
            json.name("version").value(kernel.version());
            json.name("machine").value(kernel.machine());
            json.name("domainname").value(kernel.domainname());
            json.endObject();
        }
    }

    private void notes(DumpDescription description) throws IOException {
        json.name("notes").beginArray();
        for (Note note : description.dump().notes()) {
            json.beginObject();
            json.name("name").value(note.name());
            json.name("type").value(Integer.toUnsignedLong(note.type()));
            json.name("bytes").value(note.description().remaining());
            json.endObject();
        }
        json.endArray();
    }

    private void segments(DumpDescription description) throws IOException {
        json.name("segments").beginArray();
        for (PhysicalSegment segment : description.dump().memory().segments()) {
            json.beginObject();
            json.name("virtualAddress").hex(segment.virtualAddress());
            if (segment.hasPhysicalAddress()) {
                json.name("physicalAddress").hex(segment.physicalAddress());
            }
            json.name("memoryBytes").value(segment.memoryBytes());
            json.name("fileBytes").value(segment.fileBytes());
            json.name("fileOffset").value(segment.fileOffset());
            json.endObject();
        }
        json.endArray();
    }

    private void pages(DumpDescription description) throws IOException {
        PageCounts pages = description.pages();
        json.name("endPfn").value(description.dump().memory().endPfn());
        json.name("pages").beginObject();
        for (PageState state : PageState.values()) {
            if (state != PageState.ABSENT) {
                json.name(state.name().toLowerCase(Locale.ROOT)).value(pages.of(state));
            }
        }
        json.name("excludedAs").beginObject();
        for (PageClass pageClass : PageClass.values()) {
            if (pages.excludedAs(pageClass) > 0) {
                json.name(pageClass.label()).value(pages.excludedAs(pageClass));
            }
        }
        json.name("unrecorded").value(pages.excludedWithoutClass());
        json.endObject().endObject();
        json.name("codecs").beginObject();
        for (Map.Entry<Compression, PageCounts.CodecUse> codec : pages.codecs().entrySet()) {
            json.name(codec.getKey().label()).beginObject();
            json.name("pages").value(codec.getValue().pages());
            json.name("storedBytes").value(codec.getValue().bytes());
            json.endObject();
        }
        json.endObject();
    }
}
