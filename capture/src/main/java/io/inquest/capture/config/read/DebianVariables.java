package io.inquest.capture.config.read;

import io.inquest.capture.config.AbsolutePath;
import io.inquest.capture.config.Destination;
import io.inquest.capture.config.FailureAction;
import io.inquest.capture.config.FilePacking;
import io.inquest.capture.config.HostTag;
import io.inquest.capture.config.KernelChoice;
import io.inquest.capture.config.Retention;
import io.inquest.capture.config.Secret;
import io.inquest.capture.config.Server;
import io.inquest.capture.config.Setting;
import io.inquest.capture.config.Target;
import io.inquest.capture.config.TargetUse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The variables of Debian's `/etc/default/kdump-tools`.
///
/// Its FTP, ssh and NFS targets get the dump one after the other, each of those that are set; the local folder is used
/// where there is no NFS.
final class DebianVariables {

    private static final int MOST_PORT = 65_535;
    private static final int MOST_DUMPS = 1_000_000;
    private static final int MOST_TRIES = 10_000;
    private static final List<FailureAction.Kind> BY_COMMAND =
            List.of(FailureAction.Kind.REBOOT, FailureAction.Kind.HALT, FailureAction.Kind.POWEROFF);

    private final Draft draft;
    private Setting<AbsolutePath> folder = Setting.byDefault(Draft.CRASH_FOLDER);
    private Optional<Setting<Target.Nfs>> nfs = Optional.empty();
    private Optional<Setting<Target.Ssh>> ssh = Optional.empty();
    private Optional<Entry> ftp = Optional.empty();
    private OptionalInt ftpPort = OptionalInt.empty();
    private Optional<String> ftpUser = Optional.empty();
    private Optional<Secret> ftpPassword = Optional.empty();

    private DebianVariables(Draft draft) {
        this.draft = draft;
    }

    /// Spelled as in the file.
    enum Name {
        USE_KDUMP,
        KDUMP_KERNEL,
        KDUMP_INITRD,
        KDUMP_COREDIR,
        KDUMP_FAIL_CMD,
        KDUMP_DUMP_DMESG,
        KDUMP_NUM_DUMPS,
        KDUMP_COMPRESSION,
        MAKEDUMP_ARGS,
        KDUMP_KEXEC_ARGS,
        KDUMP_CMDLINE,
        KDUMP_CMDLINE_APPEND,
        HOSTTAG,
        NFS,
        NFS_TIMEO,
        NFS_RETRANS,
        NFS_MOUNT_RETRY,
        FTP,
        FTP_USER,
        FTP_PASSWORD,
        FTP_PORT,
        SSH,
        SSH_KEY,
        SSH_KDUMP_RETRY,
        KDUMP_CONFIG,
        KDUMP_KERNEL_HOOK,
        KDUMP_SYSCTL_FILE
    }

    static void read(List<Entry> entries, Draft draft, Problems problems) {
        DebianVariables variables = new DebianVariables(draft);
        variables.setDefaults();
        for (Entry entry : entries) {
            try {
                variables.take(Name.valueOf(entry.name()), entry);
            } catch (Refused refused) {
                problems.error(entry.at(), refused.sentence());
            }
        }
        try {
            variables.addDestinations();
        } catch (Refused refused) {
            problems.error(variables.ftp.orElseThrow().at(), refused.sentence());
        }
    }

    /// What kdump-config has where the file says nothing.
    private void setDefaults() {
        draft.use = Setting.byDefault(TargetUse.ALL);
        draft.collector = Setting.byDefault(CollectorWords.makedumpfile(List.of("-c", "-d", "31")));
        draft.sshTries = Setting.byDefault(OptionalInt.of(16));
        draft.nfsTries = Setting.byDefault(OptionalInt.of(4));
        draft.nfsTimeoutTenths = Setting.byDefault(OptionalInt.of(600));
        draft.nfsRetransmissions = Setting.byDefault(OptionalInt.of(3));
        draft.image.sysctl = Setting.byDefault(AbsolutePath.of("/etc/kdump/sysctl.conf"));
        draft.host.commandLineAppend = Setting.byDefault(
                Optional.of("reset_devices systemd.unit=kdump-tools-dump.service nr_cpus=1 irqpoll usbcore.nousb"));
        draft.host.commandLineRemove = Setting.byDefault(List.of());
    }

    private void take(Name name, Entry entry) throws Refused {
        switch (name) {
            case USE_KDUMP -> draft.host.enabled = entry.as(entry.zeroOrOne());
            case KDUMP_KERNEL -> takeKernel(entry);
            case KDUMP_INITRD -> draft.host.initrd = entry.as(entry.absolutePathOrNone());
            case KDUMP_COREDIR -> folder = entry.as(entry.absolutePath());
            case KDUMP_FAIL_CMD -> takeFailure(entry);
            case KDUMP_DUMP_DMESG -> draft.log = entry.as(entry.zeroOrOne());
            case KDUMP_NUM_DUMPS -> draft.retention = entry.as(retention(entry));
            case KDUMP_COMPRESSION -> draft.packing = entry.as(packing(entry));
            case MAKEDUMP_ARGS -> draft.collector = entry.as(CollectorWords.makedumpfile(entry.words()));
            case KDUMP_KEXEC_ARGS -> draft.host.kexecArguments = entry.as(entry.words());
            case KDUMP_CMDLINE -> draft.host.commandLineBase = entry.asText();
            case KDUMP_CMDLINE_APPEND -> draft.host.commandLineAppend = entry.asText();
            case HOSTTAG -> draft.hostTag = entry.as(hostTag(entry));
            case NFS ->
                nfs = entry.value().isEmpty() ? Optional.empty() : Optional.of(entry.as(TargetWords.nfs(entry)));
            case NFS_TIMEO -> draft.nfsTimeoutTenths = entry.as(OptionalInt.of(entry.number(1, MOST_TRIES)));
            case NFS_RETRANS -> draft.nfsRetransmissions = entry.as(OptionalInt.of(entry.number(1, MOST_TRIES)));
            case NFS_MOUNT_RETRY -> draft.nfsTries = entry.as(OptionalInt.of(entry.number(1, MOST_TRIES)));
            case FTP -> ftp = entry.value().isEmpty() ? Optional.empty() : Optional.of(entry);
            case FTP_USER -> ftpUser = entry.asText().value();
            case FTP_PASSWORD -> ftpPassword = entry.asText().value().map(Secret::new);
            case FTP_PORT -> ftpPort = OptionalInt.of(entry.number(1, MOST_PORT));
            case SSH ->
                ssh = entry.value().isEmpty() ? Optional.empty() : Optional.of(entry.as(TargetWords.ssh(entry)));
            case SSH_KEY -> draft.sshKeys = entry.as(List.of(entry.absolutePath()));
            case SSH_KDUMP_RETRY -> draft.sshTries = entry.as(OptionalInt.of(entry.number(1, MOST_TRIES)));
            case KDUMP_SYSCTL_FILE -> draft.image.sysctl = entry.as(entry.absolutePathOrNone());
            // Files of Debian's own scripts, which play no part here.
            case KDUMP_CONFIG, KDUMP_KERNEL_HOOK -> {}
        }
    }

    private void takeKernel(Entry entry) throws Refused {
        Optional<AbsolutePath> image = entry.absolutePathOrNone();
        draft.host.kernel =
                entry.as(image.isPresent() ? new KernelChoice.Image(image.get()) : new KernelChoice.Running());
    }

    /// `reboot -f` and the like have a name of their own; anything else is a shell's command line.
    private void takeFailure(Entry entry) {
        if (entry.value().isEmpty()) {
            return;
        }
        List<String> words = entry.words();
        FailureAction action = new FailureAction.Command(entry.value());
        for (FailureAction.Kind kind : BY_COMMAND) {
            boolean plain =
                    words.size() == 1 || (words.size() == 2 && words.getLast().equals("-f"));
            if (plain && words.getFirst().equals(kind.word())) {
                action = new FailureAction.Known(kind);
            }
        }
        draft.failure = entry.as(action);
    }

    private static Retention retention(Entry entry) throws Refused {
        int count = entry.number(0, MOST_DUMPS);
        return count == 0 ? Retention.KEEP_ALL : Retention.ofCount(count);
    }

    private static FilePacking packing(Entry entry) throws Refused {
        if (entry.value().isEmpty()) {
            return FilePacking.NONE;
        }
        for (FilePacking packing : FilePacking.values()) {
            if (packing != FilePacking.NONE && packing.word().equals(entry.value())) {
                return packing;
            }
        }
        throw entry.refused("it must be one of bzip2, gzip, lz4, xz");
    }

    private static HostTag hostTag(Entry entry) throws Refused {
        return switch (entry.value()) {
            case "", "ip" -> HostTag.ADDRESS;
            case "hostname" -> HostTag.NAME;
            default -> throw entry.refused("it must be ip or hostname");
        };
    }

    /// In the order in which kdump-config saves.
    private void addDestinations() throws Refused {
        if (ftp.isPresent()) {
            draft.destinations.add(ftpDestination(ftp.get()));
        }
        if (ssh.isPresent()) {
            draft.destinations.add(
                    new Destination(new Setting<>(ssh.get().value(), ssh.get().origin()), folder));
        }
        if (nfs.isPresent()) {
            // The export is mounted over the folder, so dumps lie at its root.
            Setting<AbsolutePath> root =
                    new Setting<>(AbsolutePath.ROOT, nfs.get().origin());
            draft.destinations.add(
                    new Destination(new Setting<>(nfs.get().value(), nfs.get().origin()), root));
        } else {
            draft.destinations.add(new Destination(Setting.byDefault(new Target.RunningSystem()), folder));
        }
    }

    /// `host[:path]`.
    private Destination ftpDestination(Entry entry) throws Refused {
        String value = entry.value();
        int colon = value.startsWith("[") ? value.indexOf("]:") + 1 : value.indexOf(':');
        Server server = TargetWords.server(colon > 0 ? value.substring(0, colon) : value);
        String path = colon > 0 ? value.substring(colon + 1) : "";
        Optional<AbsolutePath> folderThere = AbsolutePath.of(path.startsWith("/") ? path : "/" + path);
        if (folderThere.isEmpty() || !TargetWords.isHost(server.host())) {
            throw entry.refused("it must be host or host:path");
        }
        return new Destination(
                entry.as(new Target.Ftp(server, ftpPort, ftpUser, ftpPassword)), entry.as(folderThere.get()));
    }
}
