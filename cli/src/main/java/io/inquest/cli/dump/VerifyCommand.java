package io.inquest.cli.dump;

import io.inquest.cli.ExitCode;
import io.inquest.cli.WorkBar;
import io.inquest.dump.verify.Verification;
import io.inquest.dump.verify.Verifier;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
            "Headers, notes, tables and every page descriptor are checked against each other and the file, and every page is"
                    + " read and unpacked. Dumps that Inquest wrote carry checksums of all their bytes, which are"
                    + " compared; of others this finds most damage but not all, and tells how many pages carry nothing"
                    + " that would show it.",
            "The exit code is 0 when nothing is wrong; 3 when the dump is incomplete, and all that is there is right, as"
                    + " far as can be told; 4 when something in it is damaged; 1 when it cannot be opened as a dump."
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
        Verification found;
        try (WorkBar bar = WorkBar.on(spec, "Reading pages")) {
            found = Verifier.verify(files, bar::show);
        }
        if (asJson) {
            new VerificationJson(JsonWriter.indented(spec.commandLine().getOut())).write(found);
        } else {
            new VerificationText(spec.commandLine().getOut()).write(found);
        }
        return switch (found.verdict()) {
            case WHOLE -> ExitCode.OK;
            case INCOMPLETE -> ExitCode.INCOMPLETE;
            case DAMAGED -> ExitCode.DAMAGED;
            case UNREADABLE -> ExitCode.FAILED;
        };
    }
}
