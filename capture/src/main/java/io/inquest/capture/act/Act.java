package io.inquest.capture.act;

import io.inquest.capture.config.Configuration;
import io.inquest.capture.config.FilePacking;
import io.inquest.capture.config.PreRefusal;
import io.inquest.capture.config.Retention;
import io.inquest.capture.config.TargetUse;
import io.inquest.capture.journal.Journal;
import io.inquest.capture.journal.Result;
import io.inquest.capture.journal.Step;
import io.inquest.capture.program.ProgramEnd;
import io.inquest.capture.storage.CrashPlace;
import io.inquest.capture.storage.FolderName;
import io.inquest.capture.storage.Retaining;
import io.inquest.capture.storage.TargetCandidate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Saves a crash:
///
/// 1. the cluster is told that this machine is dead (`fence_kdump_nodes`), before anything that takes time;
/// 2. `kdump_pre` and `pre.d` run;
/// 3. one target after the other is tried, until one has all of it ([TargetSaving]); with `targets all` each gets it;
/// 4. old dumps go, where the new one is complete;
/// 5. `post.d` and `kdump_post` run, then, if not all was saved, `emergency.d` and `kdump_emergency`.
///
/// How the machine ends is not the act's matter but its caller's.
public final class Act {

    private static final String FENCE_SENDER = "fence_kdump_send";

    private final Configuration configuration;
    private final List<TargetCandidate> targets;
    private final Optional<TargetCandidate> lastResort;
    private final Surroundings around;
    private final Journal journal;
    private final Hooks hooks;
    private final Crash crash;
    private final TargetSaving saving;
    private final List<TargetCandidate> opened = new ArrayList<>();

    /// @param vmcore what shows the memory
    /// @param targets in the order in which they are tried
    /// @param lastResort tried when none of those has all of it
    public Act(
            Configuration configuration,
            Path vmcore,
            List<TargetCandidate> targets,
            Optional<TargetCandidate> lastResort,
            Surroundings around) {
        this.configuration = configuration;
        this.targets = List.copyOf(targets);
        this.lastResort = lastResort;
        this.around = around;
        this.journal = around.journal();
        this.hooks = new Hooks(around.hooks(), around.hookLimit(), around.programs(), journal);
        this.crash = Crash.of(vmcore);
        this.saving = new TargetSaving(crash, configuration.saving(), around);
    }

    /// Does all of it.
    public Ending run() {
        journal.note(
                Step.START,
                Result.DONE,
                "saving the crash of " + crash.release().orElse("a kernel that does not tell its release") + " from "
                        + crash.vmcore());
        notifyCluster();
        Ending ending = isTransferred() ? ended(Ending.ALL) : saveUnlessRefused();
        // State files on targets would keep them from being unmounted.
        journal.close();
        for (TargetCandidate target : opened) {
            target.close();
        }
        return ending;
    }

    private void notifyCluster() {
        List<String> nodes = configuration.actions().fence().nodes().value();
        if (nodes.isEmpty()) {
            return;
        }
        List<String> words = new ArrayList<>();
        words.add(FENCE_SENDER);
        words.addAll(configuration.actions().fence().arguments().value());
        words.addAll(nodes);
        Optional<ProgramEnd> failure = around.programs().start(words);
        journal.note(
                Step.FENCE,
                failure.isEmpty() ? Result.DONE : Result.FAILED,
                failure.isEmpty()
                        ? "telling the cluster: " + String.join(" ", words)
                        : FENCE_SENDER + " " + failure.get().describe());
    }

    /// Whether a command of the user's did all the saving. If it failed, ours follows.
    private boolean isTransferred() {
        Optional<String> transfer = configuration.actions().transfer().value();
        if (transfer.isEmpty()) {
            return false;
        }
        journal.note(Step.TRANSFER, Result.BEGUN, "running " + transfer.get());
        ProgramEnd end = around.programs().run(List.of("/bin/sh", "-c", transfer.get()), around.heartbeat()::beat);
        journal.note(
                Step.TRANSFER, end.succeeded() ? Result.DONE : Result.FAILED, transfer.get() + " " + end.describe());
        return end.succeeded();
    }

    private Ending saveUnlessRefused() {
        FilePacking packing = configuration.saving().packing().value();
        if (packing != FilePacking.NONE) {
            journal.say("the dump is not packed as a whole by " + packing.word() + ": its pages are packed one by one");
        }
        boolean refused = hooks.refused(configuration.actions().pre().value());
        if (refused && configuration.actions().preRefusal().value() == PreRefusal.SKIP) {
            journal.note(Step.END, Result.SKIPPED, "nothing is saved, as kdump_pre refused and pre_refusal is skip");
            return Ending.ALL;
        }
        Ending ending = saveToTargets();
        hooks.post(configuration.actions().post().value(), ending.status());
        if (ending != Ending.ALL) {
            hooks.emergency(configuration.actions().emergency().value().map(path -> path.text()));
        }
        return ended(ending);
    }

    private Ending ended(Ending ending) {
        switch (ending) {
            case ALL -> journal.note(Step.END, Result.DONE, "the crash is saved");
            case SOME -> journal.note(Step.END, Result.PARTLY, "not all of the crash could be saved");
            case NOTHING -> journal.note(Step.END, Result.FAILED, "nothing of the crash could be saved");
        }
        return ending;
    }

    private Ending saveToTargets() {
        boolean each = configuration.saving().use().value() == TargetUse.ALL;
        List<Ending> endings = new ArrayList<>();
        for (TargetCandidate target : targets) {
            endings.add(saveTo(target));
            if (!each && endings.getLast() == Ending.ALL) {
                return Ending.ALL;
            }
        }
        if (lastResort.isPresent() && !endings.contains(Ending.ALL)) {
            return best(List.of(best(endings), saveTo(lastResort.get())));
        }
        boolean missing = endings.contains(Ending.SOME) || endings.contains(Ending.NOTHING);
        return each && missing && best(endings) == Ending.ALL ? Ending.SOME : best(endings);
    }

    private static Ending best(List<Ending> endings) {
        for (Ending ending : Ending.values()) {
            if (endings.contains(ending)) {
                return ending;
            }
        }
        return Ending.NOTHING;
    }

    private Ending saveTo(TargetCandidate target) {
        opened.add(target);
        try (CrashPlace place = target.open(name(target))) {
            return saveTo(place);
        } catch (IOException failure) {
            journal.note(Step.TARGET, Result.FAILED, target.name() + " cannot be used: " + failure.getMessage());
            return Ending.NOTHING;
        }
    }

    private Ending saveTo(CrashPlace place) {
        journal.record(Step.FOLDER, Result.DONE, place.toString());
        journal.say("saving to " + place + "/");
        place.stateFile().ifPresent(journal::writeTo);
        Saved saved = saving.save(place);
        if (saved.ending() == Ending.ALL) {
            retain(place);
        } else {
            place.stateFile().ifPresent(journal::leave);
        }
        return saved.ending();
    }

    private FolderName name(TargetCandidate target) {
        String host = HostWord.of(configuration.saving().hostTag().value(), target.server());
        LocalDateTime time =
                LocalDateTime.ofInstant(crash.namedAfter(around.clock().instant()), ZoneId.systemDefault());
        return new FolderName(FolderName.asHost(host), time, 0);
    }

    private void retain(CrashPlace newest) {
        Retention retention = configuration.saving().retention().value();
        if (retention.equals(Retention.KEEP_ALL)) {
            return;
        }
        try {
            LocalDateTime now = LocalDateTime.ofInstant(around.clock().instant(), ZoneId.systemDefault());
            Retaining.Outcome outcome = newest.retain(retention, now);
            for (Path deleted : outcome.deleted()) {
                journal.note(Step.RETAIN, Result.DONE, "deleted the old dump " + deleted);
            }
            for (String kept : outcome.kept()) {
                journal.note(Step.RETAIN, Result.SKIPPED, kept);
            }
        } catch (IOException failure) {
            journal.note(Step.RETAIN, Result.FAILED, "old dumps stay: " + failure.getMessage());
        }
    }
}
