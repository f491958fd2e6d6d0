package io.inquest.cli.page;

import io.inquest.dump.PageState;
import io.inquest.kernel.page.PageClass;
import io.inquest.kernel.page.PageInfo;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// An explanation for people.
final class ExplanationText {

    private static final int LABEL_WIDTH = 14;

    private final Appendable out;
    private final int pageShift;

    ExplanationText(Appendable out, int pageShift) {
        this.out = out;
        this.pageShift = pageShift;
    }

    void write(Explanation explanation) throws IOException {
        long pfn = explanation.pfn();
        out.append("page frame ").append(hex(pfn)).append(" (").append(Long.toString(pfn));
        out.append("), physical address ").append(hex(pfn << pageShift)).append('\n');
        line("in the dump", inTheDump(explanation));
        if (explanation.page().isPresent()) {
            page(explanation.page().get());
        } else {
            line("class", "unknown: the kernel's struct pages cannot be read");
        }
        line("around it", "");
        for (Explanation.Run run : explanation.neighbours()) {
            neighbours(run, pfn);
        }
    }

    private static String inTheDump(Explanation explanation) {
        return switch (explanation.state()) {
            case STORED -> "yes";
            case ZERO -> "yes, as all zero";
            case EXCLUDED ->
                "no: excluded by the filter"
                        + explanation
                                .recorded()
                                .map(recorded -> ", which recorded it as " + recorded.label())
                                .orElse("; which class it found was not recorded");
            case ABSENT -> "no: not memory of the machine, or never offered to the dump";
            case LOST -> "no: lost, the dump is incomplete or damaged there";
        };
    }

    private void page(PageInfo page) throws IOException {
        PageClass pageClass = page.pageClass();
        line("class", pageClass.label() + ": " + page.rule().text());
        line("left out", leftOut(pageClass));
        if (page.decidedAt() != page.pfn() || page.frames() > 1) {
            line("decided", "at page frame " + hex(page.decidedAt()) + ", for " + page.frames() + " frames at once");
        }
        if (page.structPage().isPresent()) {
            structPage(page.structPage().get());
        }
    }

    private static String leftOut(PageClass pageClass) {
        int levels = pageClass.levels();
        if (levels == 0) {
            return pageClass == PageClass.KEPT ? "at no dump level" : "at every dump level";
        }
        StringBuilder text = new StringBuilder("at dump levels that have ");
        String or = "";
        for (int bit = 1; bit <= levels; bit <<= 1) {
            if ((levels & bit) != 0) {
                text.append(or).append(bit);
                or = " or ";
            }
        }
        return text.toString();
    }

    private void structPage(PageInfo.StructPage page) throws IOException {
        line("struct page", hex(page.address()));
        String names = page.flagNames().isEmpty() ? "" : " (" + String.join(", ", page.flagNames()) + ")";
        line("  flags", hex(page.flags()) + names);
        boolean isType = page.type() < -1;
        line(isType ? "  type" : "  mapcount", isType ? page.typeName() : Integer.toString(page.type() + 1));
        line("  refcount", Integer.toString(page.refcount()));
        line("  mapping", hex(page.mapping()));
        line("  private", hex(page.privateData()));
        if (page.head().isPresent()) {
            line("  tail of", "page frame " + hex(page.head().getAsLong()));
        }
        if (page.order() > 0) {
            line("  order", page.order() + ": head of " + (1L << page.order()) + " frames");
        }
    }

    private void neighbours(Explanation.Run run, long pfn) throws IOException {
        boolean own = run.startPfn() <= pfn && pfn < run.endPfn();
        Optional<PageClass> pageClass = run.pageClass();
        List<String> words = pageClass.isPresent() && run.state() != PageState.ABSENT
                ? List.of(state(run), pageClass.get().label())
                : List.of(state(run));
        out.append(own ? "  > " : "    ")
                .append(hex(run.startPfn()))
                .append(" to ")
                .append(hex(run.endPfn() - 1));
        out.append(": ").append(String.join(", ", words)).append('\n');
    }

    private static String state(Explanation.Run run) {
        return run.state().name().toLowerCase(Locale.ROOT);
    }

    private void line(String label, String text) throws IOException {
        out.append("  ").append(label).append(" ".repeat(text.isEmpty() ? 0 : LABEL_WIDTH - label.length()));
        out.append(text).append('\n');
    }

    private static String hex(long bits) {
        return "0x" + Long.toHexString(bits);
    }
}
