package io.inquest.crash.report.dump;

import io.inquest.crash.report.DeadCode;
import io.inquest.crash.report.DumpFacts;
import io.inquest.crash.report.Fact;
import io.inquest.crash.report.Inquest;
import io.inquest.crash.report.Report;
import io.inquest.crash.report.log.LogLine;
import io.inquest.crash.report.log.LogLines;
import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.log.KernelLog;
import io.inquest.kernel.log.LogEnd;
import io.inquest.kernel.log.LogRange;
import io.inquest.kernel.symbol.MissingSymbol;
import io.inquest.kernel.type.MissingMember;
import io.inquest.kernel.type.MissingType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The report of a dump: a pure function of it.
///
/// A part that the dump does not hold, or that this kernel has otherwise than we know, leaves a gap in the report
/// and a sentence in [Report#missing]; the other parts are there.
public final class DumpReport {

    private final Kernel kernel;
    private final List<String> missing = new ArrayList<>();
    /// Why parts could not be made, and which: many have the same reason.
    private final Map<String, List<String>> lacking = new LinkedHashMap<>();

    private DumpReport(Kernel kernel) {
        this.kernel = kernel;
    }

    /// The report of a kernel, from all that its dump holds. An IOException is the file's.
    public static Report of(Kernel kernel) throws IOException {
        try {
            return new DumpReport(kernel).make();
        } catch (UncheckedIOException failed) {
            throw new IOException(failed.getCause());
        }
    }

    private Report make() throws IOException {
        missing.addAll(kernel.dump().completeness().remarks());
        List<LogLine> lines = part("the log", this::log, List.of());
        DeadMachine machine = new DeadMachine(kernel);
        DumpFacts facts = new DumpFacts(
                part("who was running", machine::victim, Optional.empty()),
                part("the stack", machine::stack, List.of()),
                part("the registers", machine::registers, List.of()),
                part("the code", machine::code, DeadCode.NONE),
                part("the other CPUs", machine::otherCpus, List.of()),
                part("the waiting tasks", () -> BlockedTasks.of(kernel), List.of()),
                system(),
                part("the taints", () -> MachineFacts.taints(kernel), List.of()),
                part("the memory's use", () -> MemorySummary.of(kernel), List.of()),
                part("the processes' memory", () -> LargestProcesses.of(kernel), List.of()),
                part("the modules", () -> LoadedModules.of(kernel), List.of()),
                missing());
        return Inquest.of(kernel.dump().name(), lines, facts);
    }

    /// Each fact by itself: what the vmcoreinfo tells is known of every dump.
    private List<Fact> system() throws IOException {
        MachineFacts machine = new MachineFacts(kernel);
        return Stream.of(
                        part("the kernel's name", machine::name, machine.release()),
                        part("when it died", machine::died, List.<Fact>of()),
                        part("how long it had run", machine::uptime, List.<Fact>of()),
                        part("the number of CPUs and tasks", machine::size, List.<Fact>of()),
                        part("the load", machine::load, List.<Fact>of()),
                        part("the command line", machine::commandLine, List.<Fact>of()))
                .flatMap(List::stream)
                .toList();
    }

    private List<String> missing() {
        lacking.forEach((reason, parts) -> missing.add(String.join(", ", parts) + ": " + reason));
        return missing;
    }

    private List<LogLine> log() throws IOException {
        LogLines lines = new LogLines();
        LogEnd end = KernelLog.open(kernel).visit(LogRange.ALL, lines);
        if (!end.describe().isEmpty()) {
            missing.add(end.describe());
        }
        return lines.lines();
    }

    /// One part of the report.
    @FunctionalInterface
    private interface Part<T> {
        T make() throws IOException;
    }

    private <T> T part(String name, Part<T> part, T otherwise) throws IOException {
        try {
            return part.make();
        } catch (MemoryFault | MissingSymbol | MissingType | MissingMember | DumpException lost) {
            lacking.computeIfAbsent(String.valueOf(lost.getMessage()), reason -> new ArrayList<>())
                    .add(name);
            return otherwise;
        }
    }
}
