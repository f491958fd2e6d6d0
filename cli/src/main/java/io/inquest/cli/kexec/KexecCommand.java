package io.inquest.cli.kexec;

import io.inquest.cli.ExitCode;
import io.inquest.kdump.host.Inputs;
import io.inquest.kdump.kexec.KernelSlot;
import io.inquest.kdump.kexec.KernelToLoad;
import io.inquest.kdump.kexec.KexecCalls;
import io.inquest.kdump.kexec.KexecProgram;
import io.inquest.kdump.kexec.KexecState;
import io.inquest.kdump.kexec.LastGood;
import io.inquest.kdump.kexec.Loading;
import io.inquest.kdump.kexec.ReusedCommandLine;
import io.inquest.kdump.kexec.SystemCalls;
import io.inquest.output.ByteSize;
import io.inquest.output.SafeText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `inquest kexec`.
@Command(
        name = "kexec",
        header = "Loads a kernel for a fast reboot, or as the capture kernel.",
        description = {
            "With -p a kernel is loaded into the memory that crashkernel= reserved, where a crash starts it; with -l, one for"
                    + " a fast reboot, which -e starts. Everything is checked first, and when the running kernel refuses a"
                    + " capture kernel, the one that was loaded before is loaded again.",
            "The exit code of --status is that of kexec(8): 1 if a kernel is loaded, 0 if none is."
        })
public final class KexecCommand implements Callable<Integer> {

    private static final String KEPT = "var/lib/inquest/capture-kernel";

    @Parameters(arity = "0..1", paramLabel = "KERNEL", description = "The kernel, as the boot loader starts it.")
    private @Nullable Path kernel;

    @Option(
            names = {"-l", "--load"},
            description = "Load KERNEL for a fast reboot.")
    private boolean loads;

    @Option(
            names = {"-p", "--load-panic"},
            description = "Load KERNEL as the capture kernel; with -u or -S, act on that one.")
    private boolean panic;

    @Option(
            names = {"-u", "--unload"},
            description = "Unload the kernel for a fast reboot, or with -p the capture kernel.")
    private boolean unloads;

    @Option(
            names = {"-e", "--exec"},
            description = "Start the kernel that -l loaded, at once: nothing is shut down before.")
    private boolean executes;

    @Option(
            names = {"-S", "--status"},
            description = "Say what is loaded: a capture kernel, or with -l one for a fast reboot.")
    private boolean status;

    @Option(
            names = {"--initrd", "--ramdisk"},
            paramLabel = "FILE",
            description = "Its initial file system.")
    private @Nullable Path initrd;

    @Option(
            names = {"--command-line", "--append"},
            paramLabel = "WORDS",
            description = "Its parameters.")
    private String commandLine = "";

    @Option(
            names = "--reuse-cmdline",
            description =
                    "Take the running kernel's parameters, without BOOT_IMAGE and crashkernel, before those given.")
    private boolean reuses;

    @Option(
            names = {"-s", "--kexec-file-syscall"},
            description = "Use kexec_file_load only.")
    private boolean fileCallOnly;

    @Option(
            names = {"-c", "--kexec-syscall"},
            description = "Use kexec_load only, by kexec(8).")
    private boolean olderCallOnly;

    @Option(
            names = {"-a", "--kexec-syscall-auto"},
            description = "Use kexec_file_load, and kexec_load where that does not do. This is the default.")
    private boolean either;

    @Option(names = "--root", hidden = true, paramLabel = "DIR")
    private Path root = Path.of("/");

    @Spec
    private CommandSpec spec;

    public KexecCommand() {}

    @Override
    public Integer call() throws IOException {
        int calls = (fileCallOnly ? 1 : 0) + (olderCallOnly ? 1 : 0) + (either ? 1 : 0);
        if (calls > 1) {
            throw usage("which of -s, -c and -a?");
        }
        KernelSlot slot = panic ? KernelSlot.CRASH : KernelSlot.REBOOT;
        int actions = (unloads ? 1 : 0) + (executes ? 1 : 0) + (status ? 1 : 0);
        if (actions > 1 || (loads && panic) || (actions == 0 && !loads && !panic)) {
            throw usage("one of -l, -p, -u, -e and -S is needed");
        }
        if (status) {
            return tellStatus(loads ? KernelSlot.REBOOT : KernelSlot.CRASH);
        }
        if (unloads) {
            loading().unload(slot);
        } else if (executes) {
            execute();
        } else {
            loading().load(slot, toLoad());
        }
        return ExitCode.OK;
    }

    private KernelToLoad toLoad() throws IOException {
        if (kernel == null) {
            throw usage("which KERNEL is to be loaded?");
        }
        String line = reuses
                ? ReusedCommandLine.of(
                        new String(Inputs.bytes(root.resolve("proc/cmdline")), StandardCharsets.UTF_8).strip(),
                        commandLine)
                : commandLine;
        return new KernelToLoad(kernel, Optional.ofNullable(initrd), line);
    }

    private Loading loading() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        KexecCalls calls = olderCallOnly ? new KexecProgram() : new SystemCalls();
        boolean falls = !fileCallOnly && !olderCallOnly && KexecProgram.isInstalled();
        return new Loading(
                calls,
                falls ? Optional.of(new KexecProgram()) : Optional.empty(),
                () -> KexecState.read(root),
                new LastGood(root.resolve(KEPT)),
                warning -> err.println("inquest: warning: " + SafeText.line(warning)));
    }

    private void execute() throws IOException {
        if (!KexecState.read(root).isRebootLoaded()) {
            throw new IOException("no kernel is loaded for a fast reboot; load one first: inquest kexec -l KERNEL");
        }
        new SystemCalls().execute();
    }

    private int tellStatus(KernelSlot asked) {
        KexecState state = KexecState.read(root);
        PrintWriter out = spec.commandLine().getOut();
        if (!state.isSupported()) {
            out.println("The running kernel cannot load another one (it was built without CONFIG_KEXEC).");
            return ExitCode.OK;
        }
        out.println("capture kernel     " + (state.isCrashLoaded() ? "loaded" : "not loaded"));
        out.println("fast reboot        " + (state.isRebootLoaded() ? "a kernel is loaded" : "no kernel is loaded"));
        if (state.crashBytes().isPresent()) {
            long bytes = state.crashBytes().getAsLong();
            out.println("reserved memory    "
                    + (bytes == 0 ? "none: there is no crashkernel= on the command line" : ByteSize.format(bytes)));
        }
        if (state.isDisabled()) {
            out.println("loading            forbidden until the next boot (kernel.kexec_load_disabled)");
        }
        state.lockdown().ifPresent(lockdown -> out.println("lockdown           " + SafeText.line(lockdown)));
        boolean loaded = asked == KernelSlot.CRASH ? state.isCrashLoaded() : state.isRebootLoaded();
        return loaded ? 1 : 0;
    }

    private ParameterException usage(String what) {
        return new ParameterException(spec.commandLine(), what);
    }
}
