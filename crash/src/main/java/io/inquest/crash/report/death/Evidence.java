package io.inquest.crash.report.death;

import io.inquest.crash.report.AnnotatedRegister;
import io.inquest.crash.report.BlockedTask;
import io.inquest.crash.report.CallFrame;
import io.inquest.crash.report.Fact;
import io.inquest.crash.report.ProcessMemory;
import io.inquest.crash.report.Victim;
import io.inquest.crash.report.log.LoggedEvent;
import io.inquest.crash.report.log.Story;
import io.inquest.crash.report.signature.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an analyzer has to go by.
///
/// @param story what the log tells
/// @param event what it died of
/// @param signature of that
/// @param victim who was running
/// @param backtrace innermost frame first, from the dump where there is one, else from the log
/// @param registers at the moment of death, from the dump where there is one, else from the log
/// @param blocked tasks that do not get on, those that the log names first
/// @param processes the largest ones, the largest first; empty without a dump
public record Evidence(
        Story story,
        LoggedEvent event,
        Signature signature,
        Victim victim,
        List<CallFrame> backtrace,
        List<AnnotatedRegister> registers,
        List<BlockedTask> blocked,
        List<ProcessMemory> processes) {

    /// Beginnings of the names of their entries, on x86 since 5.8 (`asm_`) and before, and on arm64.
    private static final List<String> INTERRUPT_ENTRIES = List.of(
            "asm_sysvec_",
            "asm_common_interrupt",
            "ret_from_intr",
            "apic_timer_interrupt",
            "call_function_interrupt",
            "call_function_single_interrupt",
            "el1_irq",
            "el1h_64_irq",
            "el0_irq",
            "el0t_64_irq");

    /// ` in FUNCTION` or ` in FUNCTION of module M`; empty if no function is known.
    String in() {
        return signature
                .function()
                .map(frame -> " in " + frame.name() + (frame.module().isEmpty() ? "" : " of module " + frame.module()))
                .orElse("");
    }

    /// `, called by task NAME (pid N) on CPU M`; empty if nobody is known. A task that was interrupted has no part
    /// in it.
    String by() {
        String who = victim.describe();
        if (who.isEmpty() || !who.startsWith("task")) {
            return who.isEmpty() ? "" : ", on " + who;
        }
        return (calledByAnInterrupt() ? ", called by an interrupt during " : ", called by ") + who;
    }

    /// Whether an interrupt's entry is among the callers of the function that names the death.
    private boolean calledByAnInterrupt() {
        String primary = signature.function().map(frame -> frame.name()).orElse("");
        return backtrace.stream()
                .dropWhile(frame -> !frame.function().equals(primary))
                .anyMatch(frame -> INTERRUPT_ENTRIES.stream().anyMatch(frame.function()::startsWith));
    }

    /// Both together: where, and by whom.
    String where() {
        return in() + by();
    }

    /// The function whose registers were saved, where it is not the one that names the death.
    Optional<CallFrame> trap() {
        return event.trap();
    }

    /// What the head's line holds under some name, as a fact; none if it does not.
    void addHeld(List<Fact> facts, String held, String name) {
        if (!event.held(held).isEmpty()) {
            facts.add(new Fact(name, event.held(held)));
        }
    }

    /// A fact that says where in the source the check stands.
    List<Fact> sourceLine() {
        List<Fact> facts = new ArrayList<>();
        if (!event.held("file").isEmpty()) {
            facts.add(new Fact("source line", event.held("file") + ":" + event.held("line")));
        }
        return facts;
    }
}
