package io.inquest.kdump.kexec;

import io.inquest.kdump.host.HostProgram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// kexec(8) with the older call, `kexec_load(2)`, for kernels that have no other: there a program has to lay
/// out the new kernel's memory.
public final class KexecProgram implements KexecCalls {

    private static final String NAME = "kexec";

    public KexecProgram() {}

    /// Whether PATH has it.
    public static boolean isInstalled() {
        return HostProgram.exists(NAME);
    }

    @Override
    public void load(KernelSlot slot, KernelToLoad kernel) throws IOException {
        new HostProgram(loadWords(slot, kernel)).run();
    }

    @Override
    public void unload(KernelSlot slot) throws IOException {
        new HostProgram(unloadWords(slot)).run();
    }

    static List<String> loadWords(KernelSlot slot, KernelToLoad kernel) {
        List<String> words = new ArrayList<>(List.of(NAME, "-c", slot == KernelSlot.CRASH ? "-p" : "-l"));
        kernel.initrd().ifPresent(initrd -> words.add("--initrd=" + initrd));
        words.add("--command-line=" + kernel.commandLine());
        words.add(kernel.image().toString());
        return words;
    }

    static List<String> unloadWords(KernelSlot slot) {
        return slot == KernelSlot.CRASH ? List.of(NAME, "-c", "-p", "-u") : List.of(NAME, "-c", "-u");
    }
}
