package io.inquest.cli.dump;

import io.inquest.cli.DumpFiles;
import io.inquest.cli.ExitCode;
import io.inquest.cli.WorkBar;
import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.dump.trailer.Damage;
import io.inquest.dump.trailer.Trailer;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Option(names = "--json", description = "Answer in JSON, with each damaged place.")
    private boolean asJson;

    @Spec
    private CommandSpec spec;

    VerifyCommand() {}

    @Override
    public Integer call() throws IOException {
        Verification found = verify();
        if (asJson) {
            new VerificationJson(JsonWriter.indented(spec.commandLine().getOut())).write(found);
        } else {
            new VerificationText(spec.commandLine().getOut()).write(found);
        }
        return found.whole() ? ExitCode.OK : ExitCode.FAILED;
    }

    private Verification verify() throws IOException {
        try (Dump dump = DumpFiles.open(files, spec);
                WorkBar bar = WorkBar.on(spec, "Reading pages")) {
            List<Verification.File> checked = new ArrayList<>();
            if (files.size() == 1) {
                checked.add(check(files.getFirst(), dump.trailer()));
            } else {
                checkParts(checked);
            }
            return new Verification(dump.completeness(), checked, PageReading.of(dump.memory(), bar::show));
        }
    }

    /// Each part has a trailer of its own. What is to be told of them was told when the set was opened.
    private void checkParts(List<Verification.File> checked) throws IOException {
        for (Path file : files) {
            try (Dump part = Dumps.open(List.of(file), Warnings.NONE)) {
                checked.add(check(file, part.trailer()));
            }
        }
    }

    private static Verification.File check(Path file, Optional<Trailer> trailer) throws IOException {
        List<Damage> damage = trailer.isPresent() ? trailer.get().verify() : List.of();
        return new Verification.File(file, trailer.isPresent(), damage);
    }
}
