package io.inquest.crash.command.system;

import io.inquest.crash.UsageException;
import io.inquest.crash.command.Command;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.Option;
import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Result;
import io.inquest.kernel.log.KernelLog;
import io.inquest.kernel.log.LogRange;
import io.inquest.kernel.log.LogRecord;
import java.io.IOException;

/// `log`: the kernel's ring buffer.
public final class LogCommand implements Command {

    private static final Option CTIME = Option.flag("T", "the time of day instead of the time since boot");
    private static final Option NO_TIME = Option.flag("t", "no time");
    private static final Option LEVEL = Option.flag("m", "the level of each line, as <6>");
    private static final Option CALLER = Option.flag("c", "the task (T) or CPU (C) that wrote each line");

    private static final Option DICTIONARY = Option.flag("d", "the device that a line is about, where one logged it");
    private static final Option RUST = Option.flag("R", "names of Rust functions as people write them");
    private static final Option AUDIT = Option.flag("a", "audit records that no daemon has taken");
    private static final Option SAFE = Option.flag("s", "what lies in the per-CPU buffers of kernels before 5.15");

    private static final Declaration DECLARATION = Declaration.of("log", "the log of the dead kernel")
            .options(CTIME, NO_TIME, LEVEL, CALLER, DICTIONARY, RUST, AUDIT, SAFE)
            .details("""
                    Needs neither symbols nor types. The log knows only the time since boot; the time of day is counted
                    back from the time of the crash.""")
            .example("log -T", "with the time of day")
            .example("log | grep -i oom", "only some lines");

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        if (invocation.has(CTIME) && invocation.has(NO_TIME)) {
            throw new UsageException("-T and -t are two answers to one question; give one");
        }
        if (invocation.has(AUDIT)) {
            return AuditRecords.of(invocation.kernel());
        }
        if (invocation.has(SAFE)) {
            return SafeBuffers.of(invocation.kernel());
        }
        KernelLog log = KernelLog.open(invocation.kernel());
        LogLayout.Stamp stamp = LogLayout.Stamp.SINCE_BOOT;
        if (invocation.has(CTIME)) {
            stamp = LogLayout.Stamp.TIME_OF_DAY;
        } else if (invocation.has(NO_TIME)) {
            stamp = LogLayout.Stamp.NONE;
        }
        long boot = stamp == LogLayout.Stamp.TIME_OF_DAY ? BootTime.seconds(invocation.kernel(), log) : 0;
        LogLayout layout = new LogLayout(
                stamp,
                boot,
                invocation.has(LEVEL),
                invocation.has(CALLER),
                invocation.has(DICTIONARY),
                invocation.has(RUST));
        return Result.<LogRecord>rows("records", sink -> Ending.of(log.visit(LogRange.ALL, sink::take)), layout);
    }
}
