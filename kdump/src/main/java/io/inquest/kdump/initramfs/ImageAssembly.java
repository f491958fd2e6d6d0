package io.inquest.kdump.initramfs;

import io.inquest.capture.config.AbsolutePath;
import io.inquest.capture.config.Actions;
import io.inquest.capture.config.Destination;
import io.inquest.capture.config.FailureAction;
import io.inquest.capture.config.Setting;
import io.inquest.capture.config.Target;
import io.inquest.kdump.host.HostProgram;
import io.inquest.kdump.host.ModuleFile;
import io.inquest.kdump.plan.Ending;
import io.inquest.kdump.plan.Plan;
import io.inquest.kdump.plan.PlanText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Puts an image together: what the configuration asks for, and what that needs.
public final class ImageAssembly {

    private static final int WATCHDOG_SECONDS = 60;

    private static final Path WATCHDOG = Path.of("class/watchdog/watchdog0");

    private final ImageRequest request;
    private final Archive archive = new Archive();
    private final List<String> warnings = new ArrayList<>();
    private Optional<CaptureImage.Squashed> squashed = Optional.empty();

    private ImageAssembly(ImageRequest request) {
        this.request = request;
    }

    /// What came of it.
    ///
    /// @param image not yet written
    /// @param plan that process 1 finds in it
    /// @param warnings sentences without a full stop: what will not work as configured
    public record Assembled(CaptureImage image, Plan plan, List<String> warnings) {}

    public static Assembled of(ImageRequest request) throws IOException {
        return new ImageAssembly(request).assemble();
    }

    private Assembled assemble() throws IOException {
        PlannedTargets targets = targets();
        Optional<Plan.RuntimeImage> runtime = runtime();
        Optional<Plan.Watchdog> watchdog = watchdog();
        List<Plan.KernelModule> modules = modules(targets.needed, runtime, watchdog);
        Plan plan = new Plan(
                modules, runtime, java(), watchdog, deadline(), targets.targets, success(), failure(), List.of());
        warnings.addAll(targets.warnings);
        programs(plan);
        archive.file("/init", 0755, request.processOne());
        archive.characterDevice("/dev/console", 0600, 5, 1);
        for (String folder : List.of("/proc", "/sys", "/run", "/tmp", "/root", "/target")) {
            archive.folder(folder);
        }
        configurationFiles().forEach((path, file) -> archive.file(path, 0600, file));
        archive.file(Plan.PATH, 0600, PlanText.of(plan));
        Packing packing = request.packing().orElseGet(() -> Packing.best(request.kernel()));
        return new Assembled(new CaptureImage(archive, packing, squashed), plan, List.copyOf(warnings));
    }

    private PlannedTargets targets() throws IOException {
        PlannedTargets targets = new PlannedTargets(request);
        for (Destination destination : request.configuration().saving().destinations()) {
            targets.add(destination);
        }
        if (isFailure(FailureAction.Kind.DUMP_TO_ROOTFS)) {
            AbsolutePath path = request.configuration()
                    .saving()
                    .destinations()
                    .getFirst()
                    .path()
                    .value();
            targets.add(new Destination(Setting.byDefault(new Target.RunningSystem()), Setting.byDefault(path)));
        }
        if (targets.targets.isEmpty()) {
            throw new IOException(
                    "no target is left that the image could save to: " + String.join("; ", targets.warnings));
        }
        return targets;
    }

    private Optional<Plan.RuntimeImage> runtime() throws IOException {
        if (request.runtime().isEmpty()) {
            warnings.add("no Java runtime: process 1 saves the log and the whole vmcore, unfiltered");
            return Optional.empty();
        }
        RuntimeFolder runtime = request.runtime().get();
        archive.addAll(runtime.loader());
        Optional<String> compressor = compressor();
        if (compressor.isPresent()) {
            squashed = Optional.of(new CaptureImage.Squashed(runtime, compressor.get()));
            return Optional.of(new Plan.RuntimeImage(CaptureImage.RUNTIME_PATH, "squashfs"));
        }
        warnings.add(
                "the Java runtime lies unpacked in the image, which costs some 50 MiB of the reserved memory: squashfs needs"
                        + " mksquashfs here, and squashfs and loop in the capture kernel");
        archive.addAll(runtime.archive());
        return Optional.of(new Plan.RuntimeImage(Plan.RuntimeImage.FOLDER, Plan.RuntimeImage.IN_PLACE));
    }

    /// What the kernel's squashfs can unpack; nothing where there can be none.
    private Optional<String> compressor() {
        if (!HostProgram.exists("mksquashfs")
                || !request.modules().has("squashfs")
                || !request.modules().has("loop")) {
            return Optional.empty();
        }
        for (String compressor : List.of("zstd", "xz", "zlib")) {
            if (request.kernel().has("SQUASHFS_" + compressor.toUpperCase(Locale.ROOT))) {
                return Optional.of(compressor.equals("zlib") ? "gzip" : compressor);
            }
        }
        return Optional.empty();
    }

    /// By their places in the image.
    private Map<String, Path> configurationFiles() {
        Map<String, Path> files = new LinkedHashMap<>();
        for (Path file : request.configurationFiles()) {
            String place = "/etc/inquest/" + file.getFileName();
            files.put(files.containsKey(place) ? place + "-" + files.size() : place, file);
        }
        return files;
    }

    /// What the program of module `capture` is given in the capture kernel.
    private Optional<Plan.Java> java() throws IOException {
        if (request.runtime().isEmpty()) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>(request.runtime().get().command());
        words.addAll(List.of("--run", "/run/inquest", "--prepare", "/init"));
        for (String file : configurationFiles().keySet()) {
            words.addAll(List.of("--file", file));
        }
        return Optional.of(new Plan.Java(request.silenceSeconds(), words));
    }

    private Optional<Plan.Watchdog> watchdog() throws IOException {
        boolean isWanted = !request.configuration().image().omitsDracutModule("watchdog");
        return isWanted && request.devices().has(WATCHDOG)
                ? Optional.of(new Plan.Watchdog("/dev/watchdog0", WATCHDOG_SECONDS))
                : Optional.empty();
    }

    private List<Plan.KernelModule> modules(
            Set<String> ofTargets, Optional<Plan.RuntimeImage> runtime, Optional<Plan.Watchdog> watchdog)
            throws IOException {
        Set<String> names = new LinkedHashSet<>(request.moduleNames());
        names.addAll(ofTargets);
        if (watchdog.isPresent()) {
            names.addAll(request.devices().driversOf(WATCHDOG, request.modules()));
        }
        if (runtime.isPresent() && !runtime.get().type().equals(Plan.RuntimeImage.IN_PLACE)) {
            names.addAll(List.of("loop", runtime.get().type()));
        }
        names.addAll(request.configuration().image().modules().value());
        names.removeAll(request.configuration().image().excludedModules().value());
        List<Plan.KernelModule> modules = new ArrayList<>();
        for (ModuleFile module : request.modules().inOrder(names)) {
            String path = "/modules/" + module.name() + ".ko";
            archive.file(path, 0644, module.unpacked());
            modules.add(new Plan.KernelModule(path, ""));
        }
        return modules;
    }

    /// Hooks and whatever else was asked for, and a shell where one is configured.
    private void programs(Plan plan) throws IOException {
        Actions actions = request.configuration().actions();
        List<String> programs =
                new ArrayList<>(request.configuration().image().programs().value());
        actions.pre().value().ifPresent(line -> programs.add(firstWord(line)));
        actions.post().value().ifPresent(line -> programs.add(firstWord(line)));
        actions.emergency().value().ifPresent(program -> programs.add(program.text()));
        programs.addAll(hooksInFolders());
        if (plan.success() == Ending.SHELL || plan.failure() == Ending.SHELL) {
            programs.add("/bin/sh");
        }
        ProgramFiles files = new ProgramFiles(archive);
        for (String program : programs) {
            files.add(program);
        }
    }

    /// Those of `/etc/kdump/pre.d` and its like.
    private List<String> hooksInFolders() throws IOException {
        List<String> hooks = new ArrayList<>();
        for (String name : List.of("pre.d", "post.d", "emergency.d")) {
            Path folder = request.hooks().resolve(name);
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.filter(Files::isExecutable).sorted().forEach(file -> hooks.add(file.toString()));
                }
            }
        }
        return hooks;
    }

    private static String firstWord(String line) {
        int blank = line.indexOf(' ');
        return blank < 0 ? line : line.substring(0, blank);
    }

    private int deadline() {
        return request.configuration()
                .actions()
                .deadline()
                .value()
                .map(deadline -> (int)
                        Math.min(Integer.MAX_VALUE, deadline.plusMillis(999).toSeconds()))
                .orElse(0);
    }

    private Ending success() {
        return switch (request.configuration().actions().success().value()) {
            case REBOOT -> Ending.REBOOT;
            case HALT -> Ending.HALT;
            case POWEROFF -> Ending.POWEROFF;
            case SHELL -> Ending.SHELL;
        };
    }

    private Ending failure() {
        return switch (request.configuration().actions().failure().value()) {
            case FailureAction.Known(var kind) ->
                switch (kind) {
                    case REBOOT -> Ending.REBOOT;
                    case HALT -> Ending.HALT;
                    case POWEROFF -> Ending.POWEROFF;
                    case SHELL -> Ending.SHELL;
                    // One more target; when that fails as well, what would have followed its success.
                    case DUMP_TO_ROOTFS -> success();
                };
            case FailureAction.Command(var line) -> {
                warnings.add(
                        "failure action \"" + line + "\": only reboot, halt, poweroff, shell and dump_to_rootfs are"
                                + " done yet, so the machine reboots");
                yield Ending.REBOOT;
            }
        };
    }

    private boolean isFailure(FailureAction.Kind kind) {
        Actions actions = request.configuration().actions();
        return actions.failure().value() instanceof FailureAction.Known(var known) && known == kind;
    }
}
