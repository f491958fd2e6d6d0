package io.inquest.cli.dump;

import io.inquest.dump.PfnRange;
import io.inquest.dump.verify.Finding;
import io.inquest.dump.verify.PageTally;
import io.inquest.dump.verify.Verification;
import io.inquest.output.Counts;
import io.inquest.output.SafeText;
import java.io.PrintWriter;
import java.util.List;

/// A verification for people.
final class VerificationText {

    private final PrintWriter out;

    VerificationText(PrintWriter out) {
        this.out = out;
    }

    void write(Verification found) {
        for (Finding finding : found.findings()) {
            out.println(
                    kind(finding) + SafeText.line(finding.reason()) + place(finding) + cost(finding, found.pages()));
        }
        for (Verification.CheckedFile file : found.files()) {
            out.println(SafeText.line(file.name()) + ": " + checksums(file));
        }
        switch (found.verdict()) {
            case WHOLE -> pages(found.pages(), "nothing is damaged");
            case INCOMPLETE -> pages(found.pages(), incomplete(found));
            case DAMAGED -> pages(found.pages(), "DAMAGED");
            case UNREADABLE -> out.println("UNREADABLE: this is not, or no longer, a dump that can be opened");
        }
    }

    private static String incomplete(Verification found) {
        return found.completeness().complete() && found.pages().lost() == 0
                ? "INCOMPLETE, but every page is there, and right as far as can be told"
                : "INCOMPLETE, but what is there is right, as far as can be told";
    }

    private static String kind(Finding finding) {
        return finding.kind() == Finding.Kind.DAMAGED ? "damaged: " : "incomplete: ";
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

    private static String checksums(Verification.CheckedFile file) {
        if (!file.hasChecksums()) {
            return "no checksums recorded";
        }
        int places = file.damage().size();
        return "checksums " + (places == 0 ? "hold" : "do not hold in " + places + " places");
    }

    private void pages(PageTally pages, String verdict) {
        out.println(Counts.format(pages.readable()) + " pages read"
                + (pages.lost() == 0
                        ? ""
                        : ", " + Counts.format(pages.lost()) + " cannot be read, the first at page frame 0x"
                                + Long.toHexString(pages.firstLost())));
        if (pages.lost() > 0) {
            out.println("lost: " + FrameText.percent(pages.lost(), pages.promised()) + " of the pages, "
                    + FrameText.frames(pages.lostFrames(), pages.moreLostRuns()));
        }
        if (pages.unchecked() > 0) {
            out.println(Counts.format(pages.unchecked())
                    + " of the pages read carry no checksum: damage inside them would not be seen");
        }
        out.println(verdict);
    }
}
