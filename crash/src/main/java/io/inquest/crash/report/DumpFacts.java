package io.inquest.crash.report;

import io.inquest.crash.report.log.LoggedModule;
import java.util.List;
import java.util.Optional;

/// What the memory of the dead kernel adds to its log.
///
/// @param victim who was running where the kernel died
/// @param stack the stack of that CPU; one or none
/// @param registers those at the fault
/// @param code around the fault
/// @param otherCpus stacks of the other CPUs
/// @param blocked tasks in uninterruptible sleep
/// @param system facts about the machine and its kernel
/// @param taints what the kernel had been through
/// @param memory where the memory was
/// @param processes the largest ones, the largest first
/// @param modules that were loaded
/// @param missing what could not be read
public record DumpFacts(
        Optional<Victim> victim,
        List<Backtrace> stack,
        List<AnnotatedRegister> registers,
        DeadCode code,
        List<Backtrace> otherCpus,
        List<BlockedTask> blocked,
        List<Fact> system,
        List<Victim.Taint> taints,
        List<Fact> memory,
        List<ProcessMemory> processes,
        List<LoggedModule> modules,
        List<String> missing) {

    /// What that fact is called.
    public static final String TOP_CONSUMER = "top consumer";

    /// There is but a log.
    public static final DumpFacts NONE = new DumpFacts(
            Optional.empty(),
            List.of(),
            List.of(),
            DeadCode.NONE,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());

    /// The fact of the memory's use that says what had most of it.
    public Optional<Fact> topConsumer() {
        return memory.stream().filter(fact -> fact.name().equals(TOP_CONSUMER)).findFirst();
    }

    /// The frames of [#stack].
    public List<CallFrame> stackFrames() {
        return stack.stream()
                .flatMap(backtrace -> backtrace.frames().stream())
                .map(AnnotatedFrame::frame)
                .toList();
    }
}
