package io.inquest.crash.report;

import java.util.Locale;

/// The stack on which a frame was found.
public enum StackKind {
    TASK,
    IRQ,
    NMI,
    /// Another stack for exceptions, such as that of double faults or machine checks.
    EXCEPTION,
    /// Behind the end of an interrupt's frames: what was interrupted.
    INTERRUPTED;

    /// The kind that a marker of a logged backtrace begins or ends; `name` is its text between the angle
    /// brackets.
    ///
    /// | Marker                        | What follows            |
    /// |-------------------------------|-------------------------|
    /// | `<TASK>`                      | the task's own stack    |
    /// | `<IRQ>`, `<SOFTIRQ>`          | an interrupt's frames   |
    /// | `<NMI>`                       | an NMI's frames         |
    /// | `<#DF>`, `<#MC>`, `<ENTRY_…>` | an exception's frames   |
    /// | `</…>`, `<EOI>`, `<<EOE>>`    | what was interrupted    |
    public static StackKind ofMarker(String name) {
        if (name.startsWith("/") || name.equals("EOI") || name.equals("EOE")) {
            return INTERRUPTED;
        }
        return switch (name) {
            case "TASK" -> TASK;
            case "IRQ", "SOFTIRQ" -> IRQ;
            case "NMI" -> NMI;
            default -> EXCEPTION;
        };
    }

    /// The word that JSON uses; stable.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
