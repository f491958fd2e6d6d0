package io.inquest.cli.kdump;

import io.inquest.capture.config.Configuration;
import io.inquest.capture.config.Reading;
import io.inquest.capture.config.read.ConfigurationFiles;
import io.inquest.capture.config.read.ConfigurationReader;
import io.inquest.capture.config.read.SourceFile;
import io.inquest.cli.ExitCode;
import io.inquest.kdump.host.KernelConfig;
import io.inquest.kdump.host.KernelModules;
import io.inquest.kdump.initramfs.ImageAssembly;
import io.inquest.kdump.initramfs.ImageRequest;
import io.inquest.kdump.initramfs.Packing;
import io.inquest.kdump.initramfs.RuntimeFolder;
import io.inquest.kdump.plan.PlanText;
import io.inquest.output.ByteSize;
import io.inquest.output.SafeText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `inquest kdump image`.
@Command(
        name = "image",
        header = "Makes the initial file system that the capture kernel starts with.",
        description = {
            "In it are a first process, the kernel modules that the targets need, the configuration and a small Java"
                    + " runtime with Inquest. What is made of the same inputs is the same, byte for byte; a file that is this"
                    + " image already is left as it is.",
            "What the targets need is found out from this machine's devices. Warnings say what will not work as"
                    + " configured."
        })
final class ImageCommand implements Callable<Integer> {

    @Option(names = "--kernel", paramLabel = "RELEASE", description = "For this kernel; default: the running one.")
    private @Nullable String release;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the image there.")
    private @Nullable Path out;

    @Option(names = "--plan", description = "Write no image, print what its first process is told.")
    private boolean onlyPlan;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description =
                    "Read this configuration, and no other, instead of those in /etc; may be given several times.")
    private List<Path> files = List.of();

    @Option(
            names = "--runtime",
            paramLabel = "FOLDER",
            description =
                    "The Java runtime. Without one, the first process saves the log and the whole vmcore by itself.")
    private @Nullable Path runtime;

    @Option(names = "--init", paramLabel = "FILE", required = true, description = "The first process, inquest-init.")
    private Path init = Path.of("");

    @Option(
            names = "--modules",
            paramLabel = "FOLDER",
            description = "The kernel's modules; default: /lib/modules/RELEASE.")
    private @Nullable Path modules;

    @Option(
            names = "--kernel-config",
            paramLabel = "FILE",
            description = "What the kernel was built with; default: /boot/config-RELEASE.")
    private @Nullable Path kernelConfig;

    @Option(names = "--module", paramLabel = "NAME", description = "A further module; may be given several times.")
    private List<String> moduleNames = List.of();

    @Option(
            names = "--packing",
            paramLabel = "HOW",
            description = "zstd, xz, gzip or none; default: the best that the kernel can unpack.")
    private @Nullable String packing;

    @Option(
            names = "--silence",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Java is ended when it gives no sign of life for so long; 0 for never. Default: 60.")
    private int silence;

    @Spec
    private CommandSpec spec;

    ImageCommand() {}

    @Override
    public Integer call() throws IOException {
        List<SourceFile> sources = new ArrayList<>();
        List<Path> read = files.isEmpty() ? ConfigurationFiles.present() : files;
        for (Path file : read) {
            sources.add(SourceFile.read(file));
        }
        return switch (ConfigurationReader.read(sources)) {
            case Reading.Valid valid -> {
                valid.warnings().forEach(problem -> tell("warning: " + problem));
                yield make(ImageAssembly.of(request(valid.configuration(), read)));
            }
            case Reading.Invalid invalid -> {
                invalid.errors().forEach(problem -> tell(problem.toString()));
                yield ExitCode.FAILED;
            }
        };
    }

    private ImageRequest request(Configuration configuration, List<Path> read) throws IOException {
        String kernel = release == null ? HostFiles.kernelRelease() : release;
        Path config = kernelConfig == null ? Path.of("/boot/config-" + kernel) : kernelConfig;
        return new ImageRequest(
                init,
                runtime == null ? Optional.empty() : Optional.of(RuntimeFolder.of(runtime)),
                kernelConfig == null && !Files.exists(config) ? KernelConfig.unknown() : KernelConfig.read(config),
                KernelModules.read(modules == null ? Path.of("/lib/modules", kernel) : modules),
                moduleNames,
                configuration,
                read,
                HostFiles.HOOKS,
                HostFiles.mounts(),
                HostFiles.blockDevices(),
                silence,
                packing());
    }

    private Optional<Packing> packing() {
        if (packing == null) {
            return Optional.empty();
        }
        for (Packing known : Packing.values()) {
            if (known.word().equals(packing)) {
                return Optional.of(known);
            }
        }
        throw new ParameterException(spec.commandLine(), "--packing " + packing + ": expected zstd, xz, gzip or none");
    }

    private int make(ImageAssembly.Assembled assembled) throws IOException {
        assembled.warnings().forEach(warning -> tell("warning: " + warning));
        PrintWriter answer = spec.commandLine().getOut();
        if (onlyPlan) {
            answer.print(PlanText.of(assembled.plan()));
            return ExitCode.OK;
        }
        if (out == null) {
            throw new ParameterException(spec.commandLine(), "where to? --out FILE, or --plan to look at it only");
        }
        boolean isThere = assembled.image().isIn(out);
        if (!isThere) {
            assembled.image().write(out);
        }
        answer.println(out + ": " + ByteSize.format(Files.size(out)) + (isThere ? ", as it was" : ""));
        return ExitCode.OK;
    }

    private void tell(String sentence) {
        spec.commandLine().getOut().flush();
        spec.commandLine().getErr().println("inquest: " + SafeText.line(sentence));
    }
}
