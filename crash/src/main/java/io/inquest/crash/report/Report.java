package io.inquest.crash.report;

import io.inquest.crash.report.log.LogLine;
import io.inquest.crash.report.log.LoggedModule;
import io.inquest.crash.report.signature.Signature;
import java.util.List;
import java.util.Optional;

/// Everything that is told of a death, as data; `render` shows it.
///
/// Lists are empty and optionals absent where nothing is known, and `missing` says why when that matters.
///
/// @param source what it was made of, such as the dump's file name
/// @param cause how it died; absent if nothing tells of a death
/// @param signature when another death is the same; absent with the cause
/// @param panic the panic's line
/// @param system facts about the machine and its kernel
/// @param victim who was running
/// @param taints what the kernel had been through before
/// @param registers at the moment of death
/// @param code around the instruction at which it died
/// @param backtraces that of the death first, then of the object's allocation, of other CPUs, …
/// @param incidents what else the log tells of
/// @param blocked tasks that did not get on
/// @param memory where the memory was
/// @param processes the largest ones, the largest first
/// @param modules that were loaded
/// @param log the lines around the death
/// @param missing what could not be found out, and why
public record Report(
        String source,
        Optional<Cause> cause,
        Optional<Signature> signature,
        Optional<LogLine> panic,
        List<Fact> system,
        Optional<Victim> victim,
        List<Victim.Taint> taints,
        List<AnnotatedRegister> registers,
        DeadCode code,
        List<Backtrace> backtraces,
        List<Incident> incidents,
        List<BlockedTask> blocked,
        List<Fact> memory,
        List<ProcessMemory> processes,
        List<LoggedModule> modules,
        List<LogLine> log,
        List<String> missing) {

    /// The version of the report's JSON: it grows when a member changes its meaning or goes away, not when one is
    /// added.
    public static final int SCHEMA = 1;
}
