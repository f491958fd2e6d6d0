package io.inquest.crash.report;

import java.util.List;
import java.util.OptionalInt;

/// Who was running when it happened.
///
/// @param comm the thread's name; empty if not known
/// @param pid its number
/// @param cpu the processor it ran on
public record Victim(String comm, OptionalInt pid, OptionalInt cpu) {

    /// Nobody is known.
    public static final Victim UNKNOWN = new Victim("", OptionalInt.empty(), OptionalInt.empty());

    /// This one, with what only the other says; if both name a task, they may be different ones.
    Victim or(Victim other) {
        boolean sameTask = comm.isEmpty() || comm.equals(other.comm);
        return new Victim(
                comm.isEmpty() ? other.comm : comm,
                pid.isPresent() || !sameTask ? pid : other.pid,
                cpu.isPresent() || !sameTask ? cpu : other.cpu);
    }

    /// What the kernel had been through: each letter of its taint with the meaning.
    ///
    /// @param letter as in oopses
    /// @param meaning in a few words
    public record Taint(char letter, String meaning) {}

    /// `task NAME (pid N) on CPU M`, as far as it is known; empty if nothing is.
    public String describe() {
        StringBuilder text = new StringBuilder();
        if (!comm.isEmpty()) {
            text.append("task ").append(comm);
        }
        if (pid.isPresent()) {
            text.append(comm.isEmpty() ? "pid " : " (pid ")
                    .append(pid.getAsInt())
                    .append(comm.isEmpty() ? "" : ")");
        }
        if (cpu.isPresent()) {
            text.append(text.isEmpty() ? "CPU " : " on CPU ").append(cpu.getAsInt());
        }
        return text.toString();
    }

    /// The meanings of taint letters, in their order; unknown letters are left out.
    public static List<Taint> taints(String letters) {
        return letters.chars()
                .filter(letter -> TaintMeaning.of((char) letter).isPresent())
                .mapToObj(letter ->
                        new Taint((char) letter, TaintMeaning.of((char) letter).orElseThrow()))
                .distinct()
                .toList();
    }
}
