package io.inquest.crash.command.stack;

import io.inquest.crash.command.Command;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.TaskHeader;
import io.inquest.crash.command.TaskSelection;
import io.inquest.crash.command.system.PanicMessage;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.task.Task;
import io.inquest.output.JsonWriter;
import java.io.IOException;

/// `trapinfo`: the gdb macro of the kernel's documentation of kdump; what the last exception of a task was.
///
/// `trap_nr` was `trap_no` until 3.4 (51e7dc7011c9).
public final class TrapinfoCommand implements Command {

    private static final Declaration DECLARATION = Declaration.of("trapinfo", "the last exception that a task took")
            .takes("pid", 0, 1)
            .details("""
                    The kernel notes number, address and error code of faults that became signals or oopses. They are 0
                    for a task that never took one, as when the kernel died of no fault. Of the task that died a second
                    line has the panic's message.""")
            .example("trapinfo 1234", "Trapno 14, cr2 0x0, error_code 2: a write to address 0");

    /// What `struct thread_struct` notes.
    ///
    /// @param panic the line of the log that says why the kernel died, of the task that died; else ""
    private record Trap(TaskHeader task, long number, long address, long errorCode, String panic) {}

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        return Result.rows(
                "traps",
                TaskSelection.rows(TaskSelection.orCurrent(invocation), task -> trap(invocation, task)),
                new TrapLayout());
    }

    private static Trap trap(Invocation invocation, Task task) throws IOException {
        boolean died = invocation.session().panicTask().filter(task::equals).isPresent();
        KernelObject thread = task.struct().member("thread");
        return new Trap(
                TaskHeader.of(task),
                thread.firstOf("trap_nr", "trap_no").signed(),
                thread.member("cr2").unsigned(),
                thread.member("error_code").signed(),
                died ? PanicMessage.of(invocation.kernel()).orElse("") : "");
    }

    private static final class TrapLayout implements Layout<Trap> {

        @Override
        public void text(Trap row, TextWriter out) throws IOException {
            out.text("Trapno ").number(row.number()).text(", cr2 0x").hex(row.address());
            out.text(", error_code ").number(row.errorCode()).newLine();
            if (!row.panic().isEmpty()) {
                out.text("Panic: ").line(row.panic());
            }
        }

        @Override
        public void members(Trap row, JsonWriter json) throws IOException {
            row.task().members(json);
            json.name("trap").value(row.number()).name("address").hex(row.address());
            json.name("errorCode").value(row.errorCode());
            if (!row.panic().isEmpty()) {
                json.name("panic").value(row.panic());
            }
        }
    }
}
