package io.inquest.cli.dump;

import io.inquest.cli.ExitCode;
import io.inquest.cli.FailureSentence;
import io.inquest.cli.WorkBar;
import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.Dumps;
import io.inquest.dump.Machine;
import io.inquest.dump.Salvage;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.FileSink;
import io.inquest.dump.io.InputFiles;
import io.inquest.dump.salvage.FrameEvidence;
import io.inquest.dump.salvage.SalvageReport;
import io.inquest.kernel.page.SelfPointers;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `inquest dump salvage`.
@Command(
        name = "salvage",
        header = "Saves what can be trusted of a damaged or cut dump into a new one.",
        description = {
            "Headers, bitmaps, page descriptors and the records of a flattened stream are put right where the file itself tells"
                    + " how; every page that is there is unpacked once and copied as it is stored. What is lost is told, and"
                    + " is lost in the new dump too: nothing is made up. The input is not changed.",
            "A kdump-compressed or flattened input gives a kdump-compressed dump, also one of the parts of a split dump that"
                    + " are there; an ELF core gives an ELF core.",
            "The exit code is 0 when nothing is lost, 3 when something is, 1 when there is nothing to be saved."
        })
final class SalvageCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE... OUT",
            hideParamSyntax = true,
            arity = "1..*",
            description = "The dump, or all parts of a split one that are there; then the file to write.")
    private List<Path> files = List.of();

    @Option(names = "--json", description = "Answer in JSON, with all repairs and the page frames that are lost.")
    private boolean asJson;

    @Option(
            names = "--keep-suspect",
            description = "Keep pages that lie where a checksum does not hold and that have none of their own: most of"
                    + " them are right, and nothing tells which are not.")
    private boolean keepsSuspect;

    @Option(
            names = {"-f", "--force"},
            description = "Replace OUT if it exists.")
    private boolean force;

    @Spec
    private CommandSpec spec;

    SalvageCommand() {}

    @Override
    public Integer call() throws IOException {
        if (files.size() < 2) {
            throw new ParameterException(
                    spec.commandLine(), "no file to write: give the dump, then the file that is to hold what is saved");
        }
        Path output = files.getLast();
        try {
            return salvage(files.subList(0, files.size() - 1), output);
        } catch (IOException failure) {
            if (asJson) {
                new SalvageJson(JsonWriter.indented(spec.commandLine().getOut()))
                        .writeFailure(output, FailureSentence.of(failure));
            }
            throw failure;
        }
    }

    private int salvage(List<Path> inputs, Path output) throws IOException {
        checkOutput(inputs, output);
        SalvageReport report;
        try (Salvage salvage = Salvage.open(inputs, evidence(inputs.getFirst()), keepsSuspect)) {
            write(salvage, output);
            report = salvage.report();
        }
        LostClasses classes = LostClasses.of(output, report);
        if (asJson) {
            JsonWriter json = JsonWriter.indented(spec.commandLine().getOut());
            new SalvageJson(json).write(output, report, classes);
        } else {
            new SalvageText(spec.commandLine().getOut()).write(output, report, classes);
        }
        return report.lost() == 0 && report.losses().isEmpty() ? ExitCode.OK : ExitCode.INCOMPLETE;
    }

    private void checkOutput(List<Path> inputs, Path output) throws IOException {
        if (Files.isDirectory(output)) {
            throw new DumpException(output + ": is a directory; give the name of the file to write");
        }
        if (!force && Files.exists(output, LinkOption.NOFOLLOW_LINKS)) {
            throw new DumpException(output + ": exists; --force replaces it");
        }
        inputs.forEach(InputFiles::add);
        FileSink.checkMayOverwrite(output);
    }

    private void write(Salvage salvage, Path output) throws IOException {
        long pages = salvage.promisedPages();
        try (FileSink sink = force ? FileSink.overwrite(output) : FileSink.create(output);
                WorkBar bar = WorkBar.on(spec, "Saving pages")) {
            salvage.writeTo(sink, done -> bar.show(done, pages));
            sink.force();
        } catch (DumpException nothingSaved) {
            if (Files.isRegularFile(output, LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(output);
            }
            throw nothingSaved;
        }
    }

    /// The contents of pages are read as those of the machine that the dump names; if its header is too
    /// damaged for that, of one like most.
    private static FrameEvidence evidence(Path file) {
        try (Dump dump = Dumps.open(List.of(file), Warnings.NONE)) {
            return new SelfPointers(dump.machine());
        } catch (IOException damaged) {
            return new SelfPointers(new Machine(Machine.UNKNOWN, ByteOrder.LITTLE_ENDIAN, Long.BYTES, 12));
        }
    }
}
