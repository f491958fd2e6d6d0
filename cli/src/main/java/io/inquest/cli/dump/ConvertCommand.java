package io.inquest.cli.dump;

import io.inquest.cli.ExitCode;
import io.inquest.dump.DumpException;
import io.inquest.makedumpfile.MakedumpfileCommand;
import io.inquest.makedumpfile.Streams;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
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

    /// What can be written.
    enum Format {
        KDUMP,
        ELF,
        FLATTENED_KDUMP,
        FLATTENED_ELF;

        boolean isElf() {
            return this == ELF || this == FLATTENED_ELF;
        }

        boolean isFlattened() {
            return this == FLATTENED_KDUMP || this == FLATTENED_ELF;
        }

        /// As one writes it on a command line: `flattened-elf`.
        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /// How pages of a kdump-compressed file are compressed.
    enum Codec {
        NONE(""),
        ZLIB("-c"),
        LZO("-l"),
        SNAPPY("-p"),
        ZSTD("-z");

        private final String option;

        Codec(String option) {
            this.option = option;
        }

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    @Parameters(index = "0", paramLabel = "IN", description = "The dump to read.")
    private Path in = Path.of("");

    @Parameters(index = "1", paramLabel = "OUT", description = "The file to write.")
    private Path out = Path.of("");

    @Option(
            names = "--to",
            paramLabel = "FORMAT",
            description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "kdump",
            converter = FormatName.class,
            completionCandidates = FormatNames.class)
    private Format format = Format.KDUMP;

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
            for (Format format : Format.values()) {
                add(format.toString());
            }
        }
    }

    /// From a name to a format.
    static final class FormatName implements picocli.CommandLine.ITypeConverter<Format> {

        FormatName() {}

        @Override
        public Format convert(String name) {
            for (Format format : Format.values()) {
                if (format.toString().equals(name)) {
                    return format;
                }
            }
            throw new picocli.CommandLine.TypeConversionException(
                    "\"" + name + "\" is no format; there are " + String.join(", ", new FormatNames()));
        }
    }

    @Override
    public Integer call() throws IOException {
        if (format.isElf() && codec != null) {
            throw new ParameterException(spec.commandLine(), "--codec: an ELF core has no compressed pages");
        }
        List<String> words = new ArrayList<>(List.of("--convert", "-d", "0", "--message-level", "7"));
        if (format.isElf()) {
            words.add("-E");
        } else {
            Codec chosen = codec == null ? Codec.ZLIB : codec;
            if (chosen != Codec.NONE) {
                words.add(chosen.option);
            }
        }
        return format.isFlattened() ? flatten(words) : direct(words);
    }

    private int direct(List<String> words) {
        if (force) {
            words.add("-f");
        }
        words.add(in.toString());
        words.add(out.toString());
        return run(words, new FileOutputStream(FileDescriptor.out));
    }

    private int flatten(List<String> words) throws IOException {
        words.add("-F");
        words.add(in.toString());
        StandardOpenOption create = force ? StandardOpenOption.CREATE : StandardOpenOption.CREATE_NEW;
        if (!force && Files.exists(out)) {
            throw new DumpException(out + ": exists; --force replaces it");
        }
        int exitCode;
        try (OutputStream file =
                Files.newOutputStream(out, create, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            exitCode = run(words, file);
        }
        if (exitCode != ExitCode.OK && Files.size(out) == 0) {
            Files.delete(out);
        }
        return exitCode;
    }

    private static int run(List<String> words, OutputStream stdout) {
        Streams streams = new Streams(InputStream.nullInputStream(), stdout, new FileOutputStream(FileDescriptor.err));
        int exitCode = MakedumpfileCommand.run(words.toArray(new String[0]), streams);
        return exitCode == 0 ? ExitCode.OK : ExitCode.FAILED;
    }
}
