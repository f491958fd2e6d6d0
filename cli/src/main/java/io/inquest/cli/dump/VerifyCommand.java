package io.inquest.cli.dump;

import io.inquest.cli.DumpFiles;
import io.inquest.cli.ExitCode;
import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.dump.trailer.Damage;
import io.inquest.dump.trailer.Trailer;
import io.inquest.output.Counts;
import io.inquest.output.SafeText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `inquest dump verify`.
@Command(
        name = "verify",
        header = "Reads a whole dump and tells what of it is damaged or missing.",
        description = {
            "Dumps that Inquest wrote carry checksums of all their bytes, which are compared. Of other dumps each page is"
                    + " read and unpacked, which finds most damage but not all.",
            "The exit code is 0 when nothing is wrong and 1 when something is."
        })
final class VerifyCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "The dump; several files are parts of a split dump.")
    private List<Path> files = List.of();

    @Spec
    private CommandSpec spec;

    VerifyCommand() {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (Dump dump = DumpFiles.open(files, spec)) {
            boolean sound = dump.completeness().complete();
            for (String remark : dump.completeness().remarks()) {
                out.println("incomplete: " + SafeText.line(remark));
            }
            if (files.size() == 1) {
                sound &= checksumsHold(files.getFirst(), dump.trailer());
            } else {
                sound &= checksumsOfPartsHold();
            }
            PageReading pages = PageReading.of(dump.memory());
            out.println(Counts.format(pages.readable()) + " pages read"
                    + (pages.lost() == 0
                            ? ""
                            : ", " + Counts.format(pages.lost()) + " cannot be read, the first at page frame 0x"
                                    + Long.toHexString(pages.firstLost())));
            sound &= pages.lost() == 0;
            out.println(sound ? "nothing is damaged" : "DAMAGED OR INCOMPLETE");
            return sound ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    /// Each part has a trailer of its own. What is to be told of them was told when the set was opened.
    private boolean checksumsOfPartsHold() throws IOException {
        boolean sound = true;
        for (Path file : files) {
            try (Dump part = Dumps.open(List.of(file), Warnings.NONE)) {
                sound &= checksumsHold(file, part.trailer());
            }
        }
        return sound;
    }

    private boolean checksumsHold(Path file, Optional<Trailer> trailer) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (trailer.isEmpty()) {
            out.println(SafeText.line(file.toString()) + ": no checksums recorded");
            return true;
        }
        List<Damage> damage = trailer.get().verify();
        for (Damage part : damage) {
            out.println(SafeText.line(file + ": " + part.sentence()));
        }
        out.println(SafeText.line(file.toString()) + ": checksums "
                + (damage.isEmpty() ? "hold" : "do not hold in " + damage.size() + " places"));
        return damage.isEmpty();
    }
}
