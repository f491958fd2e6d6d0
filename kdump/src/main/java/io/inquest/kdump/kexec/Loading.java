package io.inquest.kdump.kexec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Loads kernels beside the running one, and unloads them.
///
/// The running kernel lets go of the old capture kernel before it looks at a new one, so all that can be known
/// is checked first, and after a refusal the last one that was good is loaded again: a mistake in a new image
/// must not leave the machine without any.
public final class Loading {

    private final KexecCalls calls;
    private final Optional<KexecCalls> older;
    private final Supplier<KexecState> states;
    private final LastGood lastGood;
    private final Consumer<String> warnings;

    /// @param calls asked first
    /// @param older asked where the first does not take what it is given
    /// @param states what the kernel says of itself, each time it is asked
    /// @param lastGood the capture kernel to go back to
    public Loading(
            KexecCalls calls,
            Optional<KexecCalls> older,
            Supplier<KexecState> states,
            LastGood lastGood,
            Consumer<String> warnings) {
        this.calls = calls;
        this.older = older;
        this.states = states;
        this.lastGood = lastGood;
        this.warnings = warnings;
    }

    /// Loads a kernel. Throws an [IOException] that says why it could not be, and what is loaded now.
    public void load(KernelSlot slot, KernelToLoad kernel) throws IOException {
        check(slot, kernel);
        try {
            ask(slot, kernel);
        } catch (KexecRefused refused) {
            String why = kernel.image() + ": the running kernel refuses to load it: "
                    + new Refusal(slot, states.get()).sentence(refused.number());
            throw new IOException(why + goBack(slot), refused);
        } catch (IOException failure) {
            throw new IOException(failure.getMessage() + goBack(slot), failure);
        }
        if (!states.get().isLoaded(slot)) {
            throw new IOException(kernel.image()
                    + ": was loaded without an error, and yet the kernel says that none is loaded " + slot.purpose());
        }
        if (slot == KernelSlot.CRASH) {
            keep(kernel);
        }
    }

    /// Empties a slot; no error if it is empty.
    public void unload(KernelSlot slot) throws IOException {
        if (!states.get().isLoaded(slot)) {
            return;
        }
        try {
            calls.unload(slot);
        } catch (KexecRefused refused) {
            if (older.isEmpty() || !Errno.of(refused.number()).leavesItToTheOlderCall()) {
                throw new IOException(
                        "the running kernel refuses to unload the kernel " + slot.purpose() + ": "
                                + new Refusal(slot, states.get()).sentence(refused.number()),
                        refused);
            }
            older.get().unload(slot);
        }
    }

    private static void checkFile(Path file, String what) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IOException(file + ": is no file that can be read; " + what);
        }
        if (Files.size(file) == 0) {
            throw new IOException(file + ": is empty; " + what);
        }
    }

    private void check(KernelSlot slot, KernelToLoad kernel) throws IOException {
        KexecState state = states.get();
        if (!state.isSupported()) {
            throw new IOException(
                    "the running kernel cannot load another one: it was built without kexec (CONFIG_KEXEC), or"
                            + " /sys is not mounted");
        }
        checkFile(kernel.image(), "a kernel is needed");
        long bytes = Files.size(kernel.image());
        if (kernel.initrd().isPresent()) {
            checkFile(kernel.initrd().get(), "an initrd is needed there");
            bytes += Files.size(kernel.initrd().get());
        }
        KernelImage image = KernelImage.read(kernel.image());
        int line = kernel.commandLine().getBytes(StandardCharsets.UTF_8).length;
        if (image.mostCommandLine().isPresent()
                && line > image.mostCommandLine().getAsInt()) {
            throw new IOException("the command line has " + line + " bytes, and " + kernel.image() + " takes "
                    + image.mostCommandLine().getAsInt() + "; leave parameters out");
        }
        if (slot == KernelSlot.CRASH && state.crashBytes().isPresent()) {
            checkRoom(state, bytes);
        }
    }

    private static void checkRoom(KexecState state, long bytes) throws IOException {
        long reserved = state.crashBytes().orElse(0);
        if (reserved == 0) {
            throw new IOException(
                    "no memory is reserved for a capture kernel: boot with crashkernel=, for example 256M");
        }
        if (bytes > reserved) {
            throw new IOException("kernel and initrd have " + bytes + " bytes, and " + reserved
                    + " are reserved for them and all that they need; boot with a larger crashkernel=");
        }
    }

    private void ask(KernelSlot slot, KernelToLoad kernel) throws IOException {
        try {
            calls.load(slot, kernel);
        } catch (KexecRefused refused) {
            if (older.isEmpty() || !Errno.of(refused.number()).leavesItToTheOlderCall()) {
                throw refused;
            }
            older.get().load(slot, kernel);
        }
    }

    /// Loads the last good capture kernel; answers what is loaded now, as the end of a sentence.
    private String goBack(KernelSlot slot) {
        if (slot != KernelSlot.CRASH || states.get().isLoaded(slot)) {
            return "";
        }
        Optional<KernelToLoad> good = lastGood.kernel();
        if (good.isPresent()) {
            try {
                ask(slot, good.get());
                return "; the capture kernel that was loaded before is loaded again";
            } catch (IOException alsoFailed) {
                return "; nor can the one that was loaded before be loaded again: NO CAPTURE KERNEL IS LOADED NOW";
            }
        }
        return "; NO CAPTURE KERNEL IS LOADED NOW";
    }

    private void keep(KernelToLoad kernel) {
        try {
            lastGood.keep(kernel);
        } catch (IOException full) {
            warnings.accept("the capture kernel is loaded, but could not be kept to go back to: " + full.getMessage());
        }
    }
}
