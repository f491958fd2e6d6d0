package io.inquest.cli.dump;

import io.inquest.dump.Completeness;
import io.inquest.dump.DumpHeader;
import io.inquest.dump.Machine;
import io.inquest.dump.PageState;
import io.inquest.dump.PfnRange;
import io.inquest.dump.Utsname;
import io.inquest.dump.codec.Compression;
import io.inquest.kernel.page.PageClass;
import io.inquest.output.ByteSize;
import io.inquest.output.Counts;
import io.inquest.output.SafeText;
import io.inquest.output.Table;
import io.inquest.output.Table.Column;
import java.io.IOException;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A dump's description for people.
final class InfoText {

    private static final String INDENT = "  ";
    private static final int LABEL_WIDTH = 13;

    private final Appendable out;

    InfoText(Appendable out) {
        this.out = out;
    }

    void write(DumpDescription description) throws IOException {
        out.append(SafeText.line(description.dump().name())).append('\n');
        DumpHeader header = description.dump().header();
        line("format", header.format() + level(header));
        line("size", size(description));
        completeness(description.dump().completeness());
        line("machine", machine(description));
        kernel(description.kernel());
        if (description.crashTimeSeconds().isPresent()) {
            line(
                    "crashed",
                    Instant.ofEpochSecond(description.crashTimeSeconds().getAsLong())
                            .toString()
                            .replace('T', ' ')
                            .replace("Z", " UTC"));
        }
        line("notes", notes(description.notes()));
        line("vmcoreinfo", vmcoreinfo(description));
        if (header.part().isPresent()) {
            line("part", part(header.part().get()));
        }
        header.eraseInfo().ifPresent(erased -> quietly("erased", erased.strip()));
        out.append('\n');
        pages(description);
    }

    private static String part(PfnRange part) {
        return part.startPfn() == part.endPfn()
                ? "no page frames"
                : "page frames 0x" + Long.toHexString(part.startPfn()) + " to 0x" + Long.toHexString(part.endPfn() - 1);
    }

    private static String level(DumpHeader header) {
        return header.dumpLevel().isPresent()
                ? ", dump level " + header.dumpLevel().getAsInt()
                : "";
    }

    private static String size(DumpDescription description) {
        String files = description.files().size() == 1
                ? ""
                : " in " + description.files().size() + " files";
        return ByteSize.format(description.fileBytes()) + files;
    }

    private void completeness(Completeness completeness) throws IOException {
        line("complete", completeness.complete() ? "yes" : "NO");
        for (String remark : completeness.remarks()) {
            line("", remark);
        }
    }

    private static String machine(DumpDescription description) {
        Machine machine = description.dump().machine();
        String order = machine.order() == ByteOrder.LITTLE_ENDIAN ? "little-endian" : "big-endian";
        String cpus = description.cpus().isPresent()
                ? ", " + description.cpus().getAsInt() + (description.cpus().getAsInt() == 1 ? " CPU" : " CPUs")
                : "";
        return machine.name() + ", " + machine.wordBytes() * 8 + "-bit " + order + ", pages of "
                + ByteSize.format(machine.pageBytes()).replace(".00", "") + cpus;
    }

    private void kernel(Utsname kernel) throws IOException {
        if (!kernel.known()) {
            line("kernel", "unknown");
            return;
        }
        line("kernel", (kernel.sysname() + " " + kernel.release() + " " + kernel.version()).strip());
        if (!kernel.nodename().isEmpty()) {
            line("host", kernel.nodename());
        }
    }

    private static String notes(Map<String, Integer> notes) {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, Integer> note : notes.entrySet()) {
            parts.add(note.getValue() == 1 ? note.getKey() : note.getValue() + " x " + note.getKey());
        }
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }

    private static String vmcoreinfo(DumpDescription description) {
        return description
                .vmcoreinfo()
                .map(info -> Counts.format(info.text().lines().count()) + " lines"
                        + (info.malformedLines().isEmpty()
                                ? ""
                                : ", " + info.malformedLines().size() + " of them malformed"))
                .orElse("none");
    }

    private void pages(DumpDescription description) throws IOException {
        PageCounts pages = description.pages();
        int pageBytes = description.dump().machine().pageBytes();
        Table table = Table.of(
                Column.words("PAGES"), Column.numbers("COUNT"), Column.numbers("MEMORY"), Column.numbers("SHARE"));
        for (PageState state : PageState.values()) {
            if (state != PageState.ABSENT && (pages.of(state) > 0 || state == PageState.STORED)) {
                row(table, state.name().toLowerCase(Locale.ROOT), pages.of(state), pages, pageBytes);
            }
            if (state == PageState.EXCLUDED) {
                classes(table, pages, pageBytes);
            }
        }
        row(table, "all", pages.total(), pages, pageBytes);
        table.writeTo(out);
        codecs(pages, pageBytes);
    }

    /// Nothing where nothing is compressed.
    private void codecs(PageCounts pages, int pageBytes) throws IOException {
        Map<Compression, PageCounts.CodecUse> codecs = pages.codecs();
        if (codecs.isEmpty() || codecs.keySet().equals(Set.of(Compression.NONE))) {
            return;
        }
        Table table = Table.of(
                Column.words("CODEC"), Column.numbers("COUNT"), Column.numbers("MEMORY"), Column.numbers("STORED"));
        codecs.forEach((codec, use) -> table.row(
                codec.label(),
                Counts.format(use.pages()),
                ByteSize.format(use.pages() * pageBytes),
                ByteSize.format(use.bytes())));
        out.append('\n');
        table.writeTo(out);
    }

    private static void classes(Table table, PageCounts pages, int pageBytes) {
        for (PageClass pageClass : PageClass.values()) {
            if (pages.excludedAs(pageClass) > 0) {
                row(table, INDENT + pageClass.label(), pages.excludedAs(pageClass), pages, pageBytes);
            }
        }
    }

    private static void row(Table table, String name, long count, PageCounts pages, int pageBytes) {
        table.row(name, Counts.format(count), ByteSize.format(count * pageBytes), Counts.percent(count, pages.total()));
    }

    private void line(String label, String text) throws IOException {
        out.append(INDENT)
                .append(label)
                .append(" ".repeat(LABEL_WIDTH - label.length()))
                .append(SafeText.line(text))
                .append('\n');
    }

    private void quietly(String label, String text) {
        try {
            line(label, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
