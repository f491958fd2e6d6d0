package io.inquest.crash.report.signature;

import io.inquest.crash.report.CallFrame;
import io.inquest.crash.report.Confidence;
import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Family;
import io.inquest.crash.report.StackKind;
import io.inquest.crash.report.Trust;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Chooses the frames that tell deaths of a kind apart, and makes the signature of them.
///
/// Guessed frames are left out, and so is what `skip.tsv` lists; where a CPU was stuck, the choice begins above a
/// frame of `anchors.tsv`, since the innermost frames of a loop are chance. A frame of a module that is not part
/// of the kernel's own tree is never left out.
public final class FrameChoice {

    /// Kinds of which no function is the cause.
    private static final Set<DeathKind> WITHOUT_FUNCTION = EnumSet.of(
            DeathKind.KILL_INIT,
            DeathKind.SYSRQ,
            DeathKind.WATCHDOG_RESET,
            DeathKind.NO_ROOT,
            DeathKind.NO_INIT,
            DeathKind.OOM,
            DeathKind.MCE,
            DeathKind.NMI_UNKNOWN,
            DeathKind.EDAC_UE,
            DeathKind.AER_FATAL,
            DeathKind.WORKQUEUE_LOCKUP);

    private static final Set<DeathKind> ANCHORED = EnumSet.of(
            DeathKind.SOFT_LOCKUP,
            DeathKind.HARD_LOCKUP,
            DeathKind.RCU_STALL,
            DeathKind.STACK_GUARD,
            DeathKind.STACK_END);

    /// Many tasks wait for these, and which of them is found hung is chance.
    private static final List<String> HANG_GROUPS = List.of("rtnl_lock", "synchronize_rcu", "synchronize_srcu");

    private static final int LONGEST_CYCLE = 12;

    private static final FrameList SKIPPED = FrameList.skipped();
    private static final FrameList ANCHORS = FrameList.anchors();
    private static final FrameList WEAK = FrameList.weak();

    private final DeathKind kind;
    private final Set<String> outOfTree;

    /// @param kind how it died
    /// @param outOfTree modules that are not part of the kernel's own tree
    public FrameChoice(DeathKind kind, Set<String> outOfTree) {
        this.kind = kind;
        this.outOfTree = outOfTree;
    }

    /// The signature of a kind that needs no function, or of an event whose backtrace is lost.
    public Signature withoutFrames(boolean eventIsKnown) {
        boolean complete = eventIsKnown && WITHOUT_FUNCTION.contains(kind);
        return Signature.of(kind, List.of(), complete ? Confidence.HIGH : Confidence.LOW, false);
    }

    public boolean needsFunction() {
        return !WITHOUT_FUNCTION.contains(kind);
    }

    /// The signature of a backtrace, innermost frame first.
    public Signature of(List<CallFrame> backtrace) {
        List<UsefulFrame> reliable = reliable(backtrace);
        List<UsefulFrame> useful = useful(reliable);
        Confidence confidence = switch (reliable.size()) {
            case 0 -> Confidence.LOW;
            case 1 -> Confidence.MEDIUM;
            default -> Confidence.HIGH;
        };
        boolean weakPrimary =
                !useful.isEmpty() && WEAK.contains(useful.getFirst().name(), kind);
        return Signature.of(kind, useful, confidence, weakPrimary);
    }

    /// The signature of a function that the event itself names, which needs no other frame.
    public Signature ofNamed(CallFrame frame) {
        Signature one = of(List.of(frame));
        return Signature.of(kind, one.frames(), Confidence.HIGH, false);
    }

    /// The signature of a panic in words of its own: they name the death, whatever function spoke them.
    public Signature ofWords(String words, List<CallFrame> backtrace) {
        List<UsefulFrame> frames = new ArrayList<>();
        frames.add(new UsefulFrame(words, "", false));
        frames.addAll(useful(reliable(backtrace)));
        return Signature.of(kind, frames, Confidence.HIGH, false);
    }

    /// The signature of functions that the event itself names.
    public Signature ofNames(List<String> functions) {
        List<UsefulFrame> frames = functions.stream()
                .map(name -> new UsefulFrame(FrameName.of(name), "", false))
                .distinct()
                .toList();
        return Signature.of(kind, frames, frames.isEmpty() ? Confidence.LOW : Confidence.HIGH, false);
    }

    private List<UsefulFrame> reliable(List<CallFrame> backtrace) {
        List<UsefulFrame> frames = new ArrayList<>();
        for (CallFrame frame : afterInterrupt(backtrace)) {
            if (frame.trust().reliable() && !frame.function().isEmpty()) {
                UsefulFrame useful = new UsefulFrame(
                        FrameName.of(frame.function()), frame.module(), outOfTree.contains(frame.module()));
                if (frames.isEmpty() || !frames.getLast().equals(useful)) {
                    frames.add(useful);
                }
            }
        }
        return withoutCycles(frames);
    }

    /// For a stuck CPU, what the watchdog's interrupt came upon.
    private List<CallFrame> afterInterrupt(List<CallFrame> backtrace) {
        if (kind.family() != Family.STALL || backtrace.isEmpty()) {
            return backtrace;
        }
        boolean trapped = backtrace.getFirst().trust() == Trust.REGISTERS;
        int from = 0;
        for (int i = 0; i < backtrace.size(); i++) {
            StackKind stack = backtrace.get(i).stack();
            if (stack == StackKind.NMI || (!trapped && (stack == StackKind.IRQ || stack == StackKind.EXCEPTION))) {
                from = i + 1;
            }
        }
        List<CallFrame> rest = new ArrayList<>();
        if (trapped && from > 0) {
            rest.add(backtrace.getFirst());
        }
        rest.addAll(backtrace.subList(from, backtrace.size()));
        return rest.isEmpty() ? backtrace : rest;
    }

    /// Of a recursion, one round.
    private static List<UsefulFrame> withoutCycles(List<UsefulFrame> frames) {
        List<UsefulFrame> left = new ArrayList<>();
        for (UsefulFrame frame : frames) {
            left.add(frame);
            for (int period = 1; period <= LONGEST_CYCLE && 2 * period <= left.size(); period++) {
                List<UsefulFrame> last = left.subList(left.size() - period, left.size());
                if (last.equals(left.subList(left.size() - 2 * period, left.size() - period))) {
                    last.clear();
                    break;
                }
            }
        }
        return left;
    }

    private List<UsefulFrame> useful(List<UsefulFrame> frames) {
        if (kind == DeathKind.HUNG_TASK) {
            for (String group : HANG_GROUPS) {
                for (int i = 0; i < frames.size(); i++) {
                    if (frames.get(i).name().startsWith(group)) {
                        return grouped(group, frames.subList(i + 1, frames.size()));
                    }
                }
            }
        }
        int from = ANCHORED.contains(kind) ? aboveAnchor(frames) : 0;
        List<UsefulFrame> useful = frames.subList(from, frames.size()).stream()
                .filter(this::tellsApart)
                .toList();
        // When all of them are machinery, the innermost says most.
        return useful.isEmpty() && !frames.isEmpty() ? List.of(frames.getFirst()) : useful;
    }

    private List<UsefulFrame> grouped(String group, List<UsefulFrame> callers) {
        List<UsefulFrame> frames = new ArrayList<>();
        frames.add(new UsefulFrame(group, "", false));
        callers.stream().filter(this::tellsApart).forEach(frames::add);
        return frames;
    }

    /// Where the choice begins: just above an anchor, or at a foreign module's frame on the way there.
    private int aboveAnchor(List<UsefulFrame> frames) {
        for (int anchor = 0; anchor < frames.size(); anchor++) {
            if (frames.get(anchor).outOfTree()) {
                return anchor;
            }
            if (ANCHORS.contains(frames.get(anchor).name(), kind)) {
                for (int above = anchor - 1; above >= 0; above--) {
                    if (tellsApart(frames.get(above))) {
                        return above;
                    }
                }
            }
        }
        return 0;
    }

    private boolean tellsApart(UsefulFrame frame) {
        return frame.outOfTree() || !SKIPPED.contains(frame.name(), kind);
    }
}
