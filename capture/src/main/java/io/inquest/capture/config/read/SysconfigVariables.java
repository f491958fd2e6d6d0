package io.inquest.capture.config.read;

import io.inquest.capture.config.AbsolutePath;
import io.inquest.capture.config.KernelChoice;
import java.util.ArrayList;
import java.util.List;

/// The variables of kdump-utils' `/etc/sysconfig/kdump`.
final class SysconfigVariables {

    private static final int MOST_VERBOSE = 4;

    private SysconfigVariables() {}

    /// Spelled as in the file.
    enum Name {
        KDUMP_KERNELVER,
        KDUMP_COMMANDLINE,
        KDUMP_COMMANDLINE_REMOVE,
        KDUMP_COMMANDLINE_APPEND,
        FADUMP_COMMANDLINE_APPEND,
        KEXEC_ARGS,
        KDUMP_BOOTDIR,
        KDUMP_IMG,
        KDUMP_IMG_EXT,
        VMCORE_CREATION_NOTIFICATION,
        KDUMP_STDLOGLVL,
        KDUMP_SYSLOGLVL,
        KDUMP_KMSGLOGLVL
    }

    static void read(List<Entry> entries, Draft draft, Problems problems) {
        for (Entry entry : entries) {
            try {
                take(Name.valueOf(entry.name()), entry, draft.host);
            } catch (Refused refused) {
                problems.error(entry.at(), refused.sentence());
            }
        }
    }

    private static void take(Name name, Entry entry, DraftHost host) throws Refused {
        switch (name) {
            case KDUMP_KERNELVER -> host.kernel = entry.as(release(entry));
            case KDUMP_COMMANDLINE -> host.commandLineBase = entry.asText();
            case KDUMP_COMMANDLINE_REMOVE -> host.commandLineRemove = entry.as(entry.words());
            case KDUMP_COMMANDLINE_APPEND -> host.commandLineAppend = entry.asText();
            case FADUMP_COMMANDLINE_APPEND -> host.fadumpAppend = entry.asText();
            case KEXEC_ARGS -> host.kexecArguments = entry.as(entry.words());
            case KDUMP_BOOTDIR -> takeBootFolders(entry, host);
            case KDUMP_IMG -> host.imageName = entry.as(imageName(entry));
            case KDUMP_IMG_EXT -> host.imageSuffix = entry.as(entry.value());
            case VMCORE_CREATION_NOTIFICATION ->
                host.testNotice = entry.as(!entry.value().isEmpty() && entry.yesOrNo());
            case KDUMP_STDLOGLVL -> host.standardErrorLevel = entry.as(entry.number(0, MOST_VERBOSE));
            case KDUMP_SYSLOGLVL -> host.syslogLevel = entry.as(entry.number(0, MOST_VERBOSE));
            case KDUMP_KMSGLOGLVL -> host.kernelLogLevel = entry.as(entry.number(0, MOST_VERBOSE));
        }
    }

    private static KernelChoice release(Entry entry) throws Refused {
        if (entry.value().isEmpty()) {
            return new KernelChoice.Running();
        }
        if (entry.words().size() != 1 || entry.value().indexOf('/') >= 0) {
            throw entry.refused("it must be a kernel's release, as uname -r prints it");
        }
        return new KernelChoice.Release(entry.value());
    }

    private static void takeBootFolders(Entry entry, DraftHost host) throws Refused {
        List<AbsolutePath> folders = new ArrayList<>();
        for (String folder : entry.absolutePaths()) {
            folders.add(AbsolutePath.of(folder).orElseThrow());
        }
        if (!folders.isEmpty()) {
            host.bootFolders = entry.as(List.copyOf(folders));
        }
    }

    private static String imageName(Entry entry) throws Refused {
        if (entry.value().isEmpty() || entry.value().indexOf('/') >= 0) {
            throw entry.refused("it must be the beginning of a file's name, such as vmlinuz");
        }
        return entry.value();
    }
}
