package io.inquest.cli.dump;

import io.inquest.dump.trailer.Damage;
import io.inquest.output.Counts;
import io.inquest.output.SafeText;
import java.io.PrintWriter;

/// A verification for people.
final class VerificationText {

    private final PrintWriter out;

    VerificationText(PrintWriter out) {
        this.out = out;
    }

    void write(Verification found) {
        for (String remark : found.completeness().remarks()) {
            out.println("incomplete: " + SafeText.line(remark));
        }
        for (Verification.File file : found.files()) {
            file(file);
        }
        pages(found.pages());
        out.println(found.whole() ? "nothing is damaged" : "DAMAGED OR INCOMPLETE");
    }

    private void file(Verification.File file) {
        for (Damage part : file.damage()) {
            out.println(SafeText.line(file.path() + ": " + part.sentence()));
        }
        out.println(SafeText.line(file.path().toString()) + ": " + checksums(file));
    }

    private static String checksums(Verification.File file) {
        if (!file.hasChecksums()) {
            return "no checksums recorded";
        }
        int places = file.damage().size();
        return "checksums " + (places == 0 ? "hold" : "do not hold in " + places + " places");
    }

    private void pages(PageReading pages) {
        out.println(Counts.format(pages.readable()) + " pages read"
                + (pages.lost() == 0
                        ? ""
                        : ", " + Counts.format(pages.lost()) + " cannot be read, the first at page frame 0x"
                                + Long.toHexString(pages.firstLost())));
    }
}
