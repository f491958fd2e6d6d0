package io.inquest.cli.dump;

import io.inquest.cli.DumpFiles;
import io.inquest.cli.ExitCode;
import io.inquest.cli.WorkBar;
import io.inquest.dump.DumpException;
import io.inquest.dump.codec.Compression;
import io.inquest.makedumpfile.Conversion;
import io.inquest.makedumpfile.Conversion.Form;
import io.inquest.makedumpfile.Conversion.Replacement;
import io.inquest.output.Counts;
import io.inquest.output.SafeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `inquest dump convert`: the work of makedumpfile, with nothing filtered out.
@Command(
        name = "convert",
        header = "Writes a dump in another format or with another compression.",
        description = {
            "Nothing is left out but broken memory that the kernel had marked; use makedumpfile to filter.",
            "Parts of a split dump and flattened files are read as they are."
        })
final class ConvertCommand implements Callable<Integer> {

    /// How pages of a kdump-compressed file are compressed.
    enum Codec {
        NONE(Compression.NONE),
        ZLIB(Compression.ZLIB),
        LZO(Compression.LZO),
        SNAPPY(Compression.SNAPPY),
        ZSTD(Compression.ZSTD);

        private final Compression compression;

        Codec(Compression compression) {
            this.compression = compression;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(
            paramLabel = "IN... OUT",
            hideParamSyntax = true,
            arity = "2..*",
            description = "The dump to read, or all parts of a split one in any order; then the file to write.")
    private List<Path> files = List.of();

    @Option(
            names = "--to",
            paramLabel = "FORMAT",
            description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "kdump",
            converter = FormatName.class,
            completionCandidates = FormatNames.class)
    private Form form = Form.KDUMP;

    @Option(
            names = "--codec",
            paramLabel = "CODEC",
            description = "Of the pages of a kdump file, one of: ${COMPLETION-CANDIDATES} (default: zlib).")
    private @org.jspecify.annotations.Nullable Codec codec;

    @Option(
            names = {"-f", "--force"},
            description = "Replace OUT if it exists.")
    private boolean force;

    @Spec
    private CommandSpec spec;

    ConvertCommand() {}

    /// The names that `--to` takes.
    static final class FormatNames extends ArrayList<String> {

        private static final long serialVersionUID = 1L;

        FormatNames() {
            for (Form form : Form.values()) {
                add(nameOf(form));
            }
        }
    }

    /// From a name to a format.
    static final class FormatName implements picocli.CommandLine.ITypeConverter<Form> {

        FormatName() {}

        @Override
        public Form convert(String name) {
            for (Form form : Form.values()) {
                if (nameOf(form).equals(name)) {
                    return form;
                }
            }
            throw new picocli.CommandLine.TypeConversionException(
                    "\"" + name + "\" is no format; there are " + String.join(", ", new FormatNames()));
        }
    }

    /// As one writes it on a command line: `flattened-elf`.
    private static String nameOf(Form form) {
        return form.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public Integer call() throws IOException {
        if (form.isElf() && codec != null) {
            throw new ParameterException(spec.commandLine(), "--codec: an ELF core has no compressed pages");
        }
        Path output = files.getLast();
        if (!force && Files.exists(output)) {
            throw new DumpException(output + ": exists; --force replaces it");
        }
        List<String> inputs = new ArrayList<>();
        for (Path file : files.subList(0, files.size() - 1)) {
            inputs.add(file.toString());
        }
        Codec chosen = codec == null ? Codec.ZLIB : codec;
        Conversion conversion = new Conversion(
                inputs,
                output.toString(),
                form,
                form.isElf() ? Compression.NONE : chosen.compression,
                force ? Replacement.REPLACE : Replacement.REFUSE);
        try (WorkBar bar = WorkBar.on(spec, "Copying memory")) {
            conversion.run(bar.warnings(DumpFiles.warnings(spec)), bar::show);
        }
        String size = Counts.format(Files.size(output)) + " bytes";
        String written = form.isElf() ? nameOf(form) : nameOf(form) + " with " + chosen;
        spec.commandLine().getOut().println(SafeText.line(output + ": " + written + ", " + size));
        return ExitCode.OK;
    }
}
