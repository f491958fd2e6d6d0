package io.inquest.cli.dump;

import io.inquest.dump.salvage.SalvageReport;
import io.inquest.output.Counts;
import io.inquest.output.SafeText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A salvage for people.
final class SalvageText {

    private final PrintWriter out;

    SalvageText(PrintWriter out) {
        this.out = out;
    }

    void write(Path output, SalvageReport report, LostClasses classes) throws IOException {
        for (String repair : report.repairs()) {
            out.println("repaired: " + SafeText.line(repair));
        }
        for (String loss : report.losses()) {
            out.println("lost: " + SafeText.line(loss));
        }
        out.println(SafeText.line(output + ": " + report.format() + ", " + Counts.format(Files.size(output))
                + " bytes, " + Counts.format(report.kept())
                + (report.kept() == 1 ? " page" : " pages")));
        if (report.unchecked() > 0) {
            out.println(Counts.format(report.unchecked())
                    + " of them carry no checksum: damage inside them would not be seen");
        }
        if (report.lost() == 0) {
            out.println(report.losses().isEmpty() ? "nothing is lost" : "no page is lost");
            return;
        }
        String frames = report.lostFrames().isEmpty()
                ? ""
                : ": " + FrameText.frames(report.lostFrames(), report.moreLostRuns());
        out.println(Counts.format(report.lost()) + (report.lost() == 1 ? " page is lost (" : " pages are lost (")
                + FrameText.percent(report.lost(), report.promised()) + ")" + frames);
        StringBuilder held = new StringBuilder();
        for (Map.Entry<String, Long> one : classes.pages().entrySet()) {
            held.append(held.isEmpty() ? "they held: " : ", ")
                    .append(Counts.format(one.getValue()))
                    .append(' ')
                    .append(one.getKey().equals("kept") ? "kernel" : one.getKey());
        }
        if (!held.isEmpty()) {
            out.println(held);
        }
    }
}
