package io.inquest.capture.config.read;

import io.inquest.capture.config.AbsolutePath;
import io.inquest.capture.config.Collector;
import io.inquest.capture.config.FailureAction;
import io.inquest.capture.config.FinalAction;
import io.inquest.capture.config.KernelChoice;
import io.inquest.capture.config.Retention;
import io.inquest.capture.config.Secret;
import io.inquest.capture.config.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The variables of SUSE's `/etc/sysconfig/kdump`.
final class SuseVariables {

    private static final int MOST_DUMPS = 1_000_000;
    private static final int MOST_SECONDS = 86_400;
    private static final int MOST_CPUS = 65_536;
    private static final int DUMP_LEVELS = 31;
    private static final int VERBOSE_BITS = 31;
    private static final int VERBOSE_DEBUG = 8;

    private final Draft draft;
    private final Problems problems;

    /// Options of makedumpfile that three variables make together.
    private Setting<Integer> dumpLevel = Setting.byDefault(DUMP_LEVELS);
    private Setting<String> dumpFormat = Setting.byDefault("compressed");
    private Setting<List<String>> moreOptions = Setting.byDefault(List.of());

    private SuseVariables(Draft draft, Problems problems) {
        this.draft = draft;
        this.problems = problems;
    }

    /// Spelled as in the file.
    enum Name {
        KDUMP_CRASHKERNEL,
        KDUMP_UPDATE_BOOTLOADER,
        KDUMP_KERNELVER,
        KDUMP_CPUS,
        KDUMP_COMMANDLINE,
        KDUMP_COMMANDLINE_APPEND,
        KDUMP_AUTO_RESIZE,
        KDUMP_FADUMP,
        KDUMP_FADUMP_SHELL,
        FADUMP_COMMANDLINE_APPEND,
        KEXEC_OPTIONS,
        KDUMP_IMMEDIATE_REBOOT,
        KDUMP_TRANSFER,
        KDUMP_SAVEDIR,
        KDUMP_KEEP_OLD_DUMPS,
        KDUMP_FREE_DISK_SIZE,
        KDUMP_VERBOSE,
        KDUMP_DUMPLEVEL,
        KDUMP_DUMPFORMAT,
        KDUMP_CONTINUE_ON_ERROR,
        KDUMP_REQUIRED_PROGRAMS,
        KDUMP_PRESCRIPT,
        KDUMP_POSTSCRIPT,
        KDUMP_NETCONFIG,
        KDUMP_NET_TIMEOUT,
        KDUMP_SMTP_SERVER,
        KDUMP_SMTP_USER,
        KDUMP_SMTP_PASSWORD,
        KDUMP_NOTIFICATION_TO,
        KDUMP_NOTIFICATION_CC,
        KDUMP_HOST_KEY,
        KDUMP_SSH_IDENTITY,
        MAKEDUMPFILE_OPTIONS,
        KDUMPTOOL_FLAGS,
        KDUMP_COPY_KERNEL
    }

    static void read(List<Entry> entries, Draft draft, Problems problems) {
        SuseVariables variables = new SuseVariables(draft, problems);
        variables.setDefaults();
        for (Entry entry : entries) {
            try {
                variables.take(Name.valueOf(entry.name()), entry);
            } catch (Refused refused) {
                problems.error(entry.at(), refused.sentence());
            }
        }
        draft.collector = variables.collector();
    }

    private void setDefaults() {
        draft.host.cpus = Setting.byDefault(OptionalInt.of(32));
        draft.host.commandLineRemove = Setting.byDefault(List.of());
        draft.sshKeys = Setting.byDefault(List.of(
                SuseWords.identity("id_rsa"),
                SuseWords.identity("id_dsa"),
                SuseWords.identity("id_ecdsa"),
                SuseWords.identity("id_ed25519")));
        draft.netPatience = Setting.byDefault(Duration.ofSeconds(30));
        draft.spareBytes = Setting.byDefault(OptionalLong.of(64L << 20));
    }

    private void take(Name name, Entry entry) throws Refused {
        DraftHost host = draft.host;
        switch (name) {
            case KDUMP_CRASHKERNEL -> host.crashkernel = entry.asText();
            case KDUMP_UPDATE_BOOTLOADER -> host.updateBootLoader = entry.as(SuseWords.truth(entry));
            case KDUMP_KERNELVER -> host.kernel = entry.as(kernel(entry));
            case KDUMP_CPUS -> host.cpus = entry.as(OptionalInt.of(entry.number(0, MOST_CPUS)));
            case KDUMP_COMMANDLINE -> host.commandLineBase = entry.asText();
            case KDUMP_COMMANDLINE_APPEND -> host.commandLineAppend = entry.asText();
            case KDUMP_AUTO_RESIZE -> host.autoResize = entry.as(SuseWords.truth(entry));
            case KDUMP_FADUMP -> host.fadump = entry.as(SuseWords.truth(entry));
            case FADUMP_COMMANDLINE_APPEND -> host.fadumpAppend = entry.asText();
            case KEXEC_OPTIONS -> host.kexecArguments = entry.as(entry.words());
            case KDUMP_VERBOSE -> takeVerbosity(entry);
            case KDUMP_SMTP_SERVER -> host.mailServer = entry.asText();
            case KDUMP_SMTP_USER -> host.mailUser = entry.asText();
            case KDUMP_SMTP_PASSWORD ->
                host.mailPassword = entry.as(entry.asText().value().map(Secret::new));
            case KDUMP_NOTIFICATION_TO -> host.mailTo = entry.asText();
            case KDUMP_NOTIFICATION_CC -> host.mailCopyTo = entry.asText();
            // Only SUSE's own fadump image asks for it.
            case KDUMP_FADUMP_SHELL -> SuseWords.truth(entry);
            case KDUMPTOOL_FLAGS, KDUMP_COPY_KERNEL ->
                problems.warn(entry.at(), entry.name() + " is of the past and is not used; remove the line");
            default -> takeCapture(name, entry);
        }
    }

    /// What the capture itself follows.
    private void takeCapture(Name name, Entry entry) throws Refused {
        switch (name) {
            case KDUMP_IMMEDIATE_REBOOT ->
                draft.success = entry.as(SuseWords.truth(entry) ? FinalAction.REBOOT : FinalAction.SHELL);
            case KDUMP_TRANSFER -> draft.transfer = entry.asText();
            case KDUMP_SAVEDIR -> draft.destinations.add(SuseWords.saveFolder(entry));
            case KDUMP_KEEP_OLD_DUMPS -> draft.retention = entry.as(retention(entry));
            case KDUMP_FREE_DISK_SIZE ->
                draft.spareBytes = entry.as(OptionalLong.of((long) entry.number(0, Integer.MAX_VALUE) << 20));
            case KDUMP_DUMPLEVEL -> dumpLevel = entry.as(dumpLevel(entry));
            case KDUMP_DUMPFORMAT -> dumpFormat = entry.as(SuseWords.dumpFormat(entry));
            case MAKEDUMPFILE_OPTIONS -> moreOptions = entry.as(entry.words());
            case KDUMP_CONTINUE_ON_ERROR ->
                draft.failure = entry.as(new FailureAction.Known(
                        SuseWords.truth(entry) ? FailureAction.Kind.REBOOT : FailureAction.Kind.SHELL));
            case KDUMP_REQUIRED_PROGRAMS -> draft.image.programs = entry.as(entry.words());
            case KDUMP_PRESCRIPT -> draft.pre = entry.asText();
            case KDUMP_POSTSCRIPT -> draft.post = entry.asText();
            case KDUMP_NETCONFIG -> draft.netSetUp = entry.as(SuseWords.netSetUp(entry));
            case KDUMP_NET_TIMEOUT -> draft.netPatience = entry.as(Duration.ofSeconds(entry.number(0, MOST_SECONDS)));
            case KDUMP_HOST_KEY -> draft.hostKeys = entry.as(SuseWords.hostKeys(entry));
            case KDUMP_SSH_IDENTITY -> takeIdentities(entry);
            default -> throw new IllegalArgumentException(name.name());
        }
    }

    private static KernelChoice kernel(Entry entry) throws Refused {
        if (entry.value().startsWith("/")) {
            return new KernelChoice.Image(entry.absolutePath());
        }
        if (entry.words().size() > 1) {
            throw entry.refused(
                    "it must be a kernel's release, as uname -r prints it, or the absolute path of an image");
        }
        return entry.value().isEmpty() ? new KernelChoice.Running() : new KernelChoice.Release(entry.value());
    }

    private void takeVerbosity(Entry entry) throws Refused {
        int bits = entry.number(0, VERBOSE_BITS);
        draft.host.standardErrorLevel = entry.as((bits & VERBOSE_DEBUG) != 0 ? 4 : 3);
    }

    /// SUSE counts the dumps before the new one, and has -1 for none of them. Inquest deletes when the new one is
    /// saved,
    /// which then is one of those that stay.
    private Retention retention(Entry entry) throws Refused {
        int old = entry.number(-1, MOST_DUMPS);
        if (old == -1) {
            problems.warn(
                    entry.at(), "KDUMP_KEEP_OLD_DUMPS -1 keeps no old dump; here they go once the new one is saved");
        }
        return old == 0 ? Retention.KEEP_ALL : Retention.ofCount(Math.max(0, old) + 1);
    }

    private int dumpLevel(Entry entry) {
        int level = Numbers.decimal(entry.value());
        if (level < 0 || level > DUMP_LEVELS) {
            problems.warn(
                    entry.at(),
                    "KDUMP_DUMPLEVEL is '" + entry.value() + "' and taken for 0, as SUSE takes it, so that"
                            + " nothing is left out; it should be a number from 0 to 31");
            return 0;
        }
        return level;
    }

    private void takeIdentities(Entry entry) {
        List<AbsolutePath> keys = new ArrayList<>();
        for (String word : entry.words()) {
            keys.add(SuseWords.identity(word));
        }
        if (!keys.isEmpty()) {
            draft.sshKeys = entry.as(List.copyOf(keys));
        }
    }

    /// A collector of several variables comes from the one that says most: the format, then the level.
    private Setting<Collector> collector() {
        Setting<?> said = !dumpFormat.isDefault() ? dumpFormat : !dumpLevel.isDefault() ? dumpLevel : moreOptions;
        return new Setting<>(collectorOf(dumpFormat.value()), said.origin());
    }

    private Collector collectorOf(String format) {
        if (format.equals("none")) {
            return new Collector.LogOnly();
        }
        if (format.equals("raw")) {
            return new Collector.Copy();
        }
        List<String> options = new ArrayList<>();
        options.add(
                switch (format) {
                    case "elf" -> "-E";
                    case "lzo" -> "-l";
                    case "snappy" -> "-p";
                    case "zstd" -> "-z";
                    default -> "-c";
                });
        options.addAll(List.of("-d", Integer.toString(dumpLevel.value())));
        options.addAll(moreOptions.value());
        return CollectorWords.makedumpfile(options);
    }
}
