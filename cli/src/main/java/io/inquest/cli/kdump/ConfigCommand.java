package io.inquest.cli.kdump;

import io.inquest.capture.config.Problem;
import io.inquest.capture.config.Reading;
import io.inquest.capture.config.read.ConfigurationFiles;
import io.inquest.capture.config.read.ConfigurationReader;
import io.inquest.capture.config.read.SourceFile;
import io.inquest.cli.ExitCode;
import io.inquest.output.JsonWriter;
import io.inquest.output.SafeText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `inquest kdump config`.
@Command(
        name = "config",
        header = "Shows what a crash would lead to, as configured, and where each setting came from.",
        description = {
            "Reads /etc/kdump.conf, /etc/sysconfig/kdump and /etc/default/kdump-tools, those that there are, strictly:"
                    + " whatever is wrong is told with file, line and what would be right, all at once. What is likely not meant, though it can be read, is warned of. Where dumps would land is"
                    + " told for this machine as it is mounted now.",
            "The exit code is 0 when the configuration is valid, and 1 when it is not."
        })
final class ConfigCommand implements Callable<Integer> {

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Read this file, and no other, instead of those in /etc; may be given several times.")
    private List<Path> files = List.of();

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean asJson;

    @Spec
    private CommandSpec spec;

    ConfigCommand() {}

    @Override
    public Integer call() throws IOException {
        List<SourceFile> sources = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Path file : files.isEmpty() ? ConfigurationFiles.present() : files) {
            sources.add(SourceFile.read(file));
            names.add(file.toString());
        }
        return switch (ConfigurationReader.read(sources)) {
            case Reading.Valid valid -> show(names, valid);
            case Reading.Invalid invalid -> complain(names, invalid);
        };
    }

    private int show(List<String> names, Reading.Valid valid) throws IOException {
        ShownConfig shown = ShownConfig.of(names, valid, HostFiles.mounts());
        if (asJson) {
            new ConfigJson(json()).write(shown);
        } else {
            new ConfigText(spec.commandLine().getOut()).write(shown);
            tell("warning: ", valid.warnings());
        }
        return ExitCode.OK;
    }

    private int complain(List<String> names, Reading.Invalid invalid) throws IOException {
        if (asJson) {
            new ConfigJson(json()).write(names, invalid);
        } else {
            tell("", invalid.errors());
            tell("warning: ", invalid.warnings());
        }
        return ExitCode.FAILED;
    }

    private JsonWriter json() {
        return JsonWriter.indented(spec.commandLine().getOut());
    }

    private void tell(String kind, List<Problem> problems) {
        spec.commandLine().getOut().flush();
        for (Problem problem : problems) {
            spec.commandLine().getErr().println("inquest: " + kind + SafeText.line(problem.toString()));
        }
    }
}
