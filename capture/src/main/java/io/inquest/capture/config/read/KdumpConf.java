package io.inquest.capture.config.read;

import io.inquest.capture.config.AbsolutePath;
import io.inquest.capture.config.Device;
import io.inquest.capture.config.FailureAction;
import io.inquest.capture.config.FinalAction;
import io.inquest.capture.config.HostKey;
import io.inquest.capture.config.HostKeys;
import io.inquest.capture.config.Origin;
import io.inquest.capture.config.PreRefusal;
import io.inquest.capture.config.RebuildPolicy;
import io.inquest.capture.config.ReportTime;
import io.inquest.capture.config.Target;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes over the directives of a kdump.conf.
///
/// A directive that stands twice is refused, as `kdumpctl` refuses it; targets are the exception. They are an ordered
/// list, as they were in the first kdump.conf.
final class KdumpConf {

    private final Draft draft;
    private final Problems problems;
    private final Map<Directive, Entry> seen = new EnumMap<>(Directive.class);
    private final List<HostKey> hostKeys = new ArrayList<>();
    private Optional<Entry> mount = Optional.empty();

    private KdumpConf(Draft draft, Problems problems) {
        this.draft = draft;
        this.problems = problems;
    }

    static void read(SourceFile file, Draft draft, Problems problems) {
        KdumpConf conf = new KdumpConf(draft, problems);
        for (Entry entry : KdumpConfText.entries(file, problems)) {
            conf.entry(entry);
        }
        conf.checkMount();
    }

    private void entry(Entry entry) {
        Optional<Directive> directive = Directive.of(entry.name());
        if (directive.isEmpty()) {
            problems.error(entry.at(), unknown(entry));
            return;
        }
        if (entry.value().isEmpty()) {
            problems.error(entry.at(), entry.name() + " has no value");
            return;
        }
        Entry before = seen.putIfAbsent(directive.get(), entry);
        if (before != null && !directive.get().mayRepeat()) {
            problems.error(
                    entry.at(),
                    entry.name() + " stands a second time, first in line "
                            + before.at().line() + "; remove one of the two");
            return;
        }
        try {
            take(directive.get(), entry);
        } catch (Refused refused) {
            problems.error(entry.at(), refused.sentence());
        }
    }

    private static String unknown(Entry entry) {
        String name = entry.name();
        if (name.indexOf('@') > 0) {
            return "a target needs its kind in front: ssh " + name;
        }
        if (name.indexOf(":/") > 0) {
            return "a target needs its kind in front: nfs " + name;
        }
        int equals = name.indexOf('=');
        if (equals > 0 && Directive.of(name.substring(0, equals)).isPresent()) {
            return "between a directive and its value stands a blank: " + name.replace('=', ' ');
        }
        return "there is no directive " + name + Spelling.question(name, Directive.keywords());
    }

    /// A directive's meaning, by what it is about; the switches of the methods have all directives between them.
    private void take(Directive directive, Entry entry) throws Refused {
        switch (directive) {
            case RAW, EXT2, EXT3, EXT4, XFS, BTRFS, MINIX, VIRTIOFS, NFS, SSH, NET -> addTarget(directive, entry);
            case PATH -> draft.path = entry.as(path(entry));
            case SSHKEY -> draft.sshKeys = entry.as(List.of(entry.absolutePath()));
            case CORE_COLLECTOR -> draft.collector = entry.as(CollectorWords.collector(entry.words()));
            case KDUMP_PRE ->
                draft.pre = entry.as(Optional.of(entry.absolutePath().text()));
            case KDUMP_POST ->
                draft.post = entry.as(Optional.of(entry.absolutePath().text()));
            case KDUMP_EMERGENCY -> draft.emergency = entry.as(Optional.of(entry.absolutePath()));
            case FAILURE_ACTION -> draft.failure = entry.as(failureAction(entry));
            case DEFAULT -> takeDefault(entry);
            case FINAL_ACTION -> draft.success = entry.as(finalAction(entry));
            case FENCE_KDUMP_ARGS -> draft.fenceArguments = entry.as(entry.words());
            case FENCE_KDUMP_NODES -> draft.fenceNodes = entry.as(entry.words());
            case EXTRA_BINS -> draft.image.programs = entry.as(entry.absolutePaths());
            case EXTRA_MODULES -> draft.image.modules = entry.as(entry.moduleNames());
            case DRACUT_ARGS -> takeDracutArguments(entry);
            case FORCE_REBUILD -> takeRebuild(entry, RebuildPolicy.ALWAYS, Directive.FORCE_NO_REBUILD);
            case FORCE_NO_REBUILD -> takeRebuild(entry, RebuildPolicy.NEVER, Directive.FORCE_REBUILD);
            case AUTO_RESET_CRASHKERNEL -> draft.host.autoResetCrashkernel = entry.as(entry.yesOrNo());
            case OPTIONS, BLACKLIST, LINK_DELAY, DISK_TIMEOUT, DEBUG_MEM_LEVEL ->
                PastDirectives.take(directive, entry, draft, problems);
            case RETAIN -> draft.retention = entry.as(ExtensionWords.retention(entry));
            case REPORT -> draft.report = entry.as(reportTime(entry));
            case DEADLINE -> draft.deadline = entry.as(ExtensionWords.deadline(entry));
            case HOST_KEY -> addHostKey(entry);
            case PRE_REFUSAL -> draft.preRefusal = entry.as(preRefusal(entry));
        }
    }

    private void addTarget(Directive directive, Entry entry) throws Refused {
        Target target = switch (directive) {
            case RAW -> new Target.RawDevice(TargetWords.device(entry));
            case NFS -> TargetWords.nfs(entry);
            case SSH -> TargetWords.ssh(entry);
            case NET -> TargetWords.net(entry);
            default -> TargetWords.fileSystem(entry);
        };
        for (var other : draft.targets) {
            if (other.value().equals(target)) {
                throw new Refused("the target " + target + " stands a second time, first at " + other.origin());
            }
        }
        if (directive == Directive.NET) {
            problems.warn(entry.at(), "net is no longer a directive of kdump-utils; the same is: " + target);
        }
        warnOfKernelName(target, entry.at());
        draft.targets.add(entry.as(target));
    }

    private void warnOfKernelName(Target target, Origin.Line at) {
        Optional<Device> device = switch (target) {
            case Target.RawDevice raw -> Optional.of(raw.device());
            case Target.FileSystem fileSystem -> Optional.of(fileSystem.device());
            default -> Optional.empty();
        };
        if (device.isPresent() && device.get().mayBeAnotherTomorrow()) {
            problems.warn(
                    at,
                    device.get() + " may be another disk in the capture kernel; UUID=…, LABEL=… or a name under"
                            + " /dev/disk or /dev/mapper stays");
        }
    }

    private AbsolutePath path(Entry entry) throws Refused {
        if (entry.value().startsWith("/")) {
            return entry.absolutePath();
        }
        Entry rooted = new Entry(entry.name(), "/" + entry.value(), entry.at());
        AbsolutePath path = rooted.absolutePath();
        problems.warn(entry.at(), "path is relative and read as " + path);
        return path;
    }

    private void takeDefault(Entry entry) throws Refused {
        Entry renamed = seen.get(Directive.FAILURE_ACTION);
        if (renamed != null) {
            throw new Refused("default is the old name of failure_action, which stands in line "
                    + renamed.at().line() + " too; remove one of the two");
        }
        // Under the new name as well, so that a failure_action that follows is found to stand twice.
        seen.put(Directive.FAILURE_ACTION, entry);
        draft.failure = entry.as(failureAction(entry));
        problems.warn(entry.at(), "default is the old name of failure_action; write: failure_action " + entry.value());
    }

    private static FailureAction failureAction(Entry entry) throws Refused {
        for (FailureAction.Kind kind : FailureAction.Kind.values()) {
            if (kind.word().equals(entry.value())) {
                return new FailureAction.Known(kind);
            }
        }
        throw entry.refused("it must be one of reboot, halt, poweroff, shell, dump_to_rootfs");
    }

    private static FinalAction finalAction(Entry entry) throws Refused {
        return switch (entry.value()) {
            case "reboot" -> FinalAction.REBOOT;
            case "halt" -> FinalAction.HALT;
            case "poweroff" -> FinalAction.POWEROFF;
            default -> throw entry.refused("it must be one of reboot, halt, poweroff");
        };
    }

    private static ReportTime reportTime(Entry entry) throws Refused {
        for (ReportTime time : ReportTime.values()) {
            if (time.word().equals(entry.value())) {
                return time;
            }
        }
        throw entry.refused("it must be one of first, after, no");
    }

    private static PreRefusal preRefusal(Entry entry) throws Refused {
        for (PreRefusal refusal : PreRefusal.values()) {
            if (refusal.word().equals(entry.value())) {
                return refusal;
            }
        }
        throw entry.refused("it must be dump or skip");
    }

    private void addHostKey(Entry entry) throws Refused {
        hostKeys.add(ExtensionWords.hostKey(entry));
        draft.hostKeys = entry.as(new HostKeys.Pinned(hostKeys));
    }

    private void takeRebuild(Entry entry, RebuildPolicy policy, Directive opposite) throws Refused {
        if (!entry.zeroOrOne()) {
            return;
        }
        Entry other = seen.get(opposite);
        if (other != null && other.value().equals("1")) {
            throw new Refused(entry.name() + " and " + other.name() + " (line "
                    + other.at().line() + ") are both 1; only one of them can be");
        }
        draft.image.rebuild = entry.as(policy);
    }

    private void takeDracutArguments(Entry entry) throws Refused {
        DracutWords words = DracutWords.of(entry);
        draft.image.dracutArguments = entry.as(words.options());
        if (words.target().isPresent()) {
            mount = Optional.of(entry);
            draft.targets.add(entry.as(words.target().get()));
        }
    }

    /// `--mount` stands for the only target, as the HOWTO says.
    private void checkMount() {
        if (mount.isPresent() && draft.targets.size() > 1) {
            problems.error(
                    mount.get().at(),
                    "--mount of dracut_args names a target beside others; write it as a directive"
                            + " (nfs, ext4, …) to have several");
        }
    }
}
