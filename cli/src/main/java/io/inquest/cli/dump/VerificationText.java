package io.inquest.cli.dump;

import io.inquest.dump.PfnRange;
import io.inquest.dump.verify.Finding;
import io.inquest.dump.verify.PageTally;
import io.inquest.dump.verify.Verdict;
import io.inquest.dump.verify.Verification;
import io.inquest.output.Counts;
import io.inquest.output.SafeText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A verification for people: first what the dump is and what of it is lost, then why, worst first.
final class VerificationText {

    /// Lines about one part of the file: more of them tell no more.
    private static final int MOST_LINES = 3;

    private final PrintWriter out;

    VerificationText(PrintWriter out) {
        this.out = out;
    }

    void write(Verification found) {
        out.println(verdict(found));
        if (found.verdict() != Verdict.UNREADABLE) {
            pages(found.pages());
        }
        for (Verification.CheckedFile file : found.files()) {
            out.println(SafeText.line(file.name()) + ": " + checksums(file));
        }
        for (Finding.Kind kind : new Finding.Kind[] {
            Finding.Kind.DAMAGED, Finding.Kind.MISSING, Finding.Kind.DISPENSABLE, Finding.Kind.REMARK
        }) {
            for (List<Finding> alike : byPart(found.findings(), kind)) {
                findings(alike, found.pages());
            }
        }
        if (found.pages().lost() > 0 || found.verdict() == Verdict.DAMAGED) {
            out.println("what is right of it can be saved: inquest dump salvage "
                    + (found.files().size() > 1 ? "FILE... NEW" : "FILE NEW"));
        }
    }

    private static String verdict(Verification found) {
        boolean readable = found.pages().lost() == 0 && found.pages().readable() > 0;
        return switch (found.verdict()) {
            case WHOLE -> "WHOLE: nothing is damaged";
            case INCOMPLETE ->
                found.completeness().complete() && readable
                        ? "INCOMPLETE, but every page is there, and right as far as can be told"
                        : "INCOMPLETE, but what is there is right, as far as can be told";
            case DAMAGED ->
                readable ? "DAMAGED, but every page can be read; something in the file is wrong" : "DAMAGED";
            case UNREADABLE ->
                "UNREADABLE: " + SafeText.line(found.findings().getFirst().reason());
        };
    }

    private void pages(PageTally pages) {
        out.println(Counts.format(pages.readable()) + " pages read"
                + (pages.lost() == 0 ? "" : ", " + Counts.format(pages.lost()) + " cannot be read" + first(pages)));
        if (pages.lost() > 0) {
            out.println("lost: " + FrameText.percent(pages.lost(), pages.promised()) + " of the pages, "
                    + (pages.lostFrames().isEmpty()
                            ? "of which nothing tells the page frames"
                            : FrameText.frames(pages.lostFrames(), pages.moreLostRuns())));
        }
        if (pages.unchecked() > 0) {
            out.println(Counts.format(pages.unchecked())
                    + " of the pages read carry no checksum: damage inside them would not be seen");
        }
    }

    private static String first(PageTally pages) {
        return pages.firstLost() < 0 ? "" : ", the first at page frame 0x" + Long.toHexString(pages.firstLost());
    }

    private static String checksums(Verification.CheckedFile file) {
        if (!file.hasChecksums()) {
            return "no checksums recorded";
        }
        int places = file.damage().size();
        return "checksums "
                + (places == 0
                        ? "hold"
                        : "do not hold in " + Counts.format(places) + (places == 1 ? " place" : " places"));
    }

    /// What was found of a kind, in lists of those of the same part of the file.
    private static List<List<Finding>> byPart(List<Finding> findings, Finding.Kind kind) {
        Map<String, List<Finding>> parts = new LinkedHashMap<>();
        for (Finding finding : findings) {
            if (finding.kind() == kind) {
                parts.computeIfAbsent(finding.what(), none -> new ArrayList<>()).add(finding);
            }
        }
        return List.copyOf(parts.values());
    }

    private void findings(List<Finding> alike, PageTally pages) {
        int shown = alike.size() == MOST_LINES + 1 ? alike.size() : Math.min(alike.size(), MOST_LINES);
        String kind = switch (alike.getFirst().kind()) {
            case DAMAGED, UNREADABLE -> "damaged: ";
            case MISSING, DISPENSABLE -> "incomplete: ";
            case REMARK -> "note: ";
        };
        for (Finding finding : alike.subList(0, shown)) {
            out.println(kind + SafeText.line(finding.reason()) + place(finding) + cost(finding, pages));
        }
        if (alike.size() > shown) {
            out.println(kind + Counts.format(alike.size() - shown) + " more like these, see --json");
        }
    }

    private static String place(Finding finding) {
        return finding.offset() < 0 || finding.what().equals("checksums") ? "" : " (at byte " + finding.offset() + ")";
    }

    private static String cost(Finding finding, PageTally pages) {
        if (finding.pages() == 0 || finding.frames().isEmpty()) {
            return "";
        }
        PfnRange around = finding.frames().get();
        boolean dense = around.frames() == finding.pages();
        return ": costs " + Counts.format(finding.pages()) + (finding.pages() == 1 ? " page (" : " pages (")
                + FrameText.percent(finding.pages(), pages.promised()) + "), " + (dense ? "" : "between ")
                + FrameText.frames(List.of(around), 0);
    }
}
