package io.inquest.crash.command.stack;

import io.inquest.crash.command.TaskHeader;
import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.TextWriter;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.task.Task;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.List;

/// `bt -v`: whether the last word of each stack still is the kernel's mark (`STACK_END_MAGIC`,
/// `include/uapi/linux/magic.h`).
///
/// Kernels with `thread_info` on the stack have the mark behind it.
record OverflowCheck(TaskHeader task, long found) {

    private static final long STACK_END_MAGIC = 0x57AC6E9D;

    static Result of(Kernel kernel, List<Task> tasks) throws IOException {
        boolean infoInTask = kernel.types()
                .findStruct("task_struct")
                .flatMap(type -> type.memberAt("thread_info"))
                .isPresent();
        long infoBytes = infoInTask
                ? 0
                : kernel.types()
                        .findStruct("thread_info")
                        .map(type -> type.bytes())
                        .orElse(0L);
        return Result.rows(
                "overflows",
                sink -> {
                    int checked = 0;
                    Ending ending = Ending.COMPLETE;
                    for (Task task : tasks) {
                        // The first stack of all is in the image and may have no mark.
                        if (task.stack() == 0) {
                            continue;
                        }
                        try {
                            long word = kernel.space().readWord(task.stack() + infoBytes);
                            checked++;
                            if (word != STACK_END_MAGIC) {
                                sink.take(new OverflowCheck(TaskHeader.of(task), word));
                            }
                        } catch (MemoryFault lost) {
                            ending = ending.and(Ending.incomplete(
                                    "the end of the stack of " + task + " cannot be read: " + lost.getMessage()));
                        }
                    }
                    return checked == 0 ? ending.and(Ending.incomplete("no stack could be checked")) : ending;
                },
                new OverflowLayout());
    }

    private static final class OverflowLayout implements Layout<OverflowCheck> {

        private boolean any;

        @Override
        public void text(OverflowCheck row, TextWriter out) throws IOException {
            any = true;
            row.task().text(out);
            out.newLine();
            out.text("  possible stack overflow: ").hex(row.found()).line(" != STACK_END_MAGIC");
        }

        @Override
        public void end(TextWriter out) throws IOException {
            if (!any) {
                out.line("No stack overflows detected");
            }
        }

        @Override
        public void members(OverflowCheck row, JsonWriter json) throws IOException {
            row.task().members(json);
            json.name("found").hex(row.found());
        }
    }
}
