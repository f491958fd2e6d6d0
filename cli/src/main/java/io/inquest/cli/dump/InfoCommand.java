package io.inquest.cli.dump;

import io.inquest.cli.DumpFiles;
import io.inquest.dump.Dump;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `inquest dump info`.
@Command(
        name = "info",
        header = "Tells what a dump is: format, machine, kernel, time, pages, and whether it is whole.",
        description = {
            "Several files are the parts of one split dump, in any order, or, when they are not, several dumps.",
            "With --json there is one JSON object for each dump."
        })
final class InfoCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "A dump of any format that Inquest reads.")
    private List<Path> files = List.of();

    @Option(names = "--json", description = "Answer in JSON, with all notes and segments and the vmcoreinfo text.")
    private boolean asJson;

    @Option(names = "--vmcoreinfo", description = "Print the vmcoreinfo text of the dump and nothing else.")
    private boolean vmcoreinfoOnly;

    @Spec
    private CommandSpec spec;

    InfoCommand() {}

    @Override
    public Integer call() throws IOException {
        if (files.size() == 1 || isSplitSet()) {
            tell(files);
        } else {
            for (Path file : files) {
                tell(List.of(file));
                separate(file);
            }
        }
        return 0;
    }

    private void separate(Path file) {
        if (!asJson && !file.equals(files.getLast())) {
            spec.commandLine().getOut().println();
        }
    }

    private boolean isSplitSet() throws IOException {
        for (Path file : files) {
            try (Dump dump = DumpFiles.open(List.of(file), spec)) {
                if (dump.header().part().isEmpty()) {
                    return false;
                }
            }
        }
        return true;
    }

    private void tell(List<Path> ofOneDump) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (Dump dump = DumpFiles.open(ofOneDump, spec)) {
            if (vmcoreinfoOnly) {
                out.append(io.inquest.output.SafeText.lines(dump.vmcoreinfo().orElse("")));
                return;
            }
            DumpDescription description = DumpDescription.of(ofOneDump, dump);
            if (asJson) {
                new InfoJson(JsonWriter.indented(out)).write(description);
            } else {
                new InfoText(out).write(description);
            }
        }
    }
}
