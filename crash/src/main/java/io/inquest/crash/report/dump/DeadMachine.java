package io.inquest.crash.report.dump;

import io.inquest.crash.report.AnnotatedRegister;
import io.inquest.crash.report.Backtrace;
import io.inquest.crash.report.DeadCode;
import io.inquest.crash.report.Victim;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.arch.Registers;
import io.inquest.kernel.stack.Frame;
import io.inquest.kernel.stack.StackTrace;
import io.inquest.kernel.task.Cpu;
import io.inquest.kernel.task.Cpus;
import io.inquest.kernel.task.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What the CPUs were doing when the kernel died.
final class DeadMachine {

    /// Functions that save the registers of the CPU they run on.
    private static final Set<String> SAVERS = Set.of("__crash_kexec", "crash_kexec", "panic", "vpanic", "nmi_panic");

    /// Registers that never hold a pointer.
    private static final Set<String> NO_POINTERS =
            Set.of("CS", "SS", "DS", "ES", "FS", "GS", "FS_BASE", "GS_BASE", "ORIG_RAX", "RFLAGS", "EFLAGS");

    private final Kernel kernel;

    DeadMachine(Kernel kernel) {
        this.kernel = kernel;
    }

    /// Who ran on the CPU on which the kernel died.
    Optional<Victim> victim() throws IOException {
        Optional<Cpu> cpu = dying();
        return cpu.isEmpty() ? Optional.empty() : Optional.of(victim(cpu.get()));
    }

    private static Victim victim(Cpu cpu) {
        Task task = cpu.current();
        return new Victim(task.comm(), OptionalInt.of(task.pid()), OptionalInt.of(cpu.number()));
    }

    /// The stack of that CPU, from where its registers were saved.
    List<Backtrace> stack() throws IOException {
        Optional<Cpu> cpu = dying();
        return cpu.isEmpty() ? List.of() : List.of(backtrace("Stack of " + title(cpu.get()), cpu.get()));
    }

    /// The stacks of the others.
    List<Backtrace> otherCpus() throws IOException {
        List<Backtrace> others = new ArrayList<>();
        Optional<Cpu> dying = dying();
        for (Cpu cpu : kernel.cpus().online()) {
            if (dying.isEmpty() || dying.get().number() != cpu.number()) {
                others.add(backtrace(title(cpu), cpu));
            }
        }
        return others;
    }

    private static String title(Cpu cpu) {
        try {
            return "CPU " + cpu.number() + ": " + cpu.current().comm() + " (pid "
                    + cpu.current().pid() + ")";
        } catch (MemoryFault lost) {
            return "CPU " + cpu.number();
        }
    }

    private Backtrace backtrace(String title, Cpu cpu) throws IOException {
        StackTrace trace = kernel.stacks().saved(cpu);
        List<String> end = new ArrayList<>(trace.remarks());
        if (!trace.end().sentence().isEmpty()) {
            end.add(trace.end().sentence());
        }
        if (trace.frames().stream().allMatch(Frame::user) && !trace.frames().isEmpty()) {
            end.add("a user program was running");
        }
        return new Backtrace(title, DumpFrames.of(kernel, trace), String.join("; ", end));
    }

    /// Those at the fault: of the innermost frame that an exception interrupted. Where there was none, they are
    /// those of the code that saves them, and say nothing.
    List<AnnotatedRegister> registers() throws IOException {
        Optional<Registers> registers = atFault().flatMap(Frame::registers);
        return registers.isEmpty() ? List.of() : annotated(registers.get());
    }

    /// The code around the fault.
    DeadCode code() throws IOException {
        Optional<Frame> frame = atFault();
        return frame.isEmpty() ? DeadCode.NONE : CodeOfDeath.of(kernel, frame.get());
    }

    private Optional<Frame> atFault() throws IOException {
        Optional<Cpu> cpu = dying();
        return cpu.isEmpty()
                ? Optional.empty()
                : kernel.stacks().saved(cpu.get()).frames().stream()
                        .filter(frame -> !frame.user() && !SAVERS.contains(frame.function()))
                        .filter(frame -> frame.registers().isPresent())
                        .findFirst();
    }

    private List<AnnotatedRegister> annotated(Registers registers) throws IOException {
        PointedAt pointed = PointedAt.of(kernel);
        List<AnnotatedRegister> all = new ArrayList<>();
        for (int number = 0; number < registers.count(); number++) {
            if (registers.isKnown(number)) {
                String name = registers.names().names().get(number).toUpperCase(Locale.ROOT);
                long value = registers.value(number);
                all.add(new AnnotatedRegister(name, value, NO_POINTERS.contains(name) ? "" : pointed.describe(value)));
            }
        }
        return all;
    }

    private Optional<Cpu> dying() throws IOException {
        return kernel.cpus().dying().map(Cpus.Dying::cpu);
    }
}
