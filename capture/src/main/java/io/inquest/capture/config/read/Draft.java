package io.inquest.capture.config.read;

import io.inquest.capture.config.AbsolutePath;
import io.inquest.capture.config.Actions;
import io.inquest.capture.config.Collector;
import io.inquest.capture.config.Configuration;
import io.inquest.capture.config.Destination;
import io.inquest.capture.config.FailureAction;
import io.inquest.capture.config.Fence;
import io.inquest.capture.config.FilePacking;
import io.inquest.capture.config.FinalAction;
import io.inquest.capture.config.HostKeys;
import io.inquest.capture.config.HostTag;
import io.inquest.capture.config.Network;
import io.inquest.capture.config.PreRefusal;
import io.inquest.capture.config.ReportTime;
import io.inquest.capture.config.Retention;
import io.inquest.capture.config.Saving;
import io.inquest.capture.config.Setting;
import io.inquest.capture.config.Target;
import io.inquest.capture.config.TargetUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A configuration that is being read: what no line has set yet is at its default. Two parts of it have a class of
/// their
/// own, [DraftHost] and [DraftImage].
final class Draft {

    static final AbsolutePath CRASH_FOLDER = new AbsolutePath("/var/crash");
    private static final AbsolutePath SSH_KEY = new AbsolutePath("/root/.ssh/kdump_id_rsa");

    /// As long as kdump-utils waits for a route to the server.
    private static final Duration NETWORK_PATIENCE = Duration.ofMinutes(10);

    final DraftImage image = new DraftImage();
    final DraftHost host = new DraftHost();

    /// Places with a path of their own.
    final List<Destination> destinations = new ArrayList<>();

    /// Targets that all have [#path] for their path.
    final List<Setting<Target>> targets = new ArrayList<>();

    Setting<AbsolutePath> path = Setting.byDefault(CRASH_FOLDER);
    Setting<TargetUse> use = Setting.byDefault(TargetUse.FIRST_THAT_WORKS);
    Setting<Collector> collector =
            Setting.byDefault(new Collector.Makedumpfile(List.of("-l", "--message-level", "7", "-d", "31")));
    Setting<Boolean> log = Setting.byDefault(true);
    Setting<ReportTime> report = Setting.byDefault(ReportTime.FIRST);
    Setting<Retention> retention = Setting.byDefault(Retention.KEEP_ALL);
    Setting<OptionalLong> spareBytes = Setting.byDefault(OptionalLong.empty());
    Setting<HostTag> hostTag = Setting.byDefault(HostTag.ADDRESS);
    Setting<FilePacking> packing = Setting.byDefault(FilePacking.NONE);

    Setting<List<AbsolutePath>> sshKeys = Setting.byDefault(List.of(SSH_KEY));
    Setting<HostKeys> hostKeys = Setting.byDefault(new HostKeys.KnownHosts());
    Setting<Optional<String>> netSetUp = Setting.byDefault(Optional.empty());
    Setting<Duration> netPatience = Setting.byDefault(NETWORK_PATIENCE);
    Setting<OptionalInt> sshTries = Setting.byDefault(OptionalInt.empty());
    Setting<OptionalInt> nfsTries = Setting.byDefault(OptionalInt.empty());
    Setting<OptionalInt> nfsTimeoutTenths = Setting.byDefault(OptionalInt.empty());
    Setting<OptionalInt> nfsRetransmissions = Setting.byDefault(OptionalInt.empty());

    Setting<Optional<String>> pre = Setting.byDefault(Optional.empty());
    Setting<PreRefusal> preRefusal = Setting.byDefault(PreRefusal.DUMP);
    Setting<Optional<String>> post = Setting.byDefault(Optional.empty());
    Setting<Optional<AbsolutePath>> emergency = Setting.byDefault(Optional.empty());
    Setting<Optional<String>> transfer = Setting.byDefault(Optional.empty());
    Setting<FailureAction> failure = Setting.byDefault(new FailureAction.Known(FailureAction.Kind.REBOOT));
    Setting<FinalAction> success = Setting.byDefault(FinalAction.REBOOT);
    Setting<Optional<Duration>> deadline = Setting.byDefault(Optional.empty());
    Setting<List<String>> fenceNodes = Setting.byDefault(List.of());
    Setting<List<String>> fenceArguments = Setting.byDefault(List.of());

    Configuration finish() {
        return new Configuration(saving(), network(), actions(), image.finish(), host.kernel(), host.service());
    }

    private Saving saving() {
        List<Destination> all = new ArrayList<>(destinations);
        for (Setting<Target> target : targets) {
            all.add(new Destination(target, path));
        }
        if (all.isEmpty()) {
            all.add(new Destination(Setting.byDefault(new Target.RunningSystem()), path));
        }
        return new Saving(all, use, collector, log, report, retention, spareBytes, hostTag, packing);
    }

    private Network network() {
        return new Network(
                sshKeys, hostKeys, netSetUp, netPatience, sshTries, nfsTries, nfsTimeoutTenths, nfsRetransmissions);
    }

    private Actions actions() {
        return new Actions(
                pre,
                preRefusal,
                post,
                emergency,
                transfer,
                failure,
                success,
                deadline,
                new Fence(fenceNodes, fenceArguments));
    }
}
