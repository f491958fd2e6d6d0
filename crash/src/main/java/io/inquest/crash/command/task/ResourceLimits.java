package io.inquest.crash.command.task;

import io.inquest.crash.command.TaskHeader;
import io.inquest.crash.command.TaskSelection;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.task.Task;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `ps -r`: what a process may use.
record ResourceLimits(TaskHeader task, List<Limit> limits) {

    /// In the order of `include/uapi/asm-generic/resource.h`.
    private static final String[] NAMES = {
        "CPU",
        "FSIZE",
        "DATA",
        "STACK",
        "CORE",
        "RSS",
        "NPROC",
        "NOFILE",
        "MEMLOCK",
        "AS",
        "LOCKS",
        "SIGPENDING",
        "MSGQUEUE",
        "NICE",
        "RTPRIO",
        "RTTIME"
    };

    /// A limit, all bits set for none.
    record Limit(String name, long current, long maximum) {}

    static Result of(List<Task> tasks) {
        return Result.rows("tasks", TaskSelection.rows(tasks, ResourceLimits::of), new LimitsLayout());
    }

    private static ResourceLimits of(Task task) {
        List<Limit> limits = new ArrayList<>();
        Optional<KernelObject> all = task.signal().map(signal -> signal.member("rlim"));
        for (int i = 0; i < NAMES.length && all.isPresent() && i < all.get().length(); i++) {
            KernelObject limit = all.get().element(i);
            limits.add(new Limit(
                    NAMES[i],
                    limit.member("rlim_cur").unsigned(),
                    limit.member("rlim_max").unsigned()));
        }
        return new ResourceLimits(TaskHeader.of(task), limits);
    }

    private static final class LimitsLayout implements Layout<ResourceLimits> {

        private static final int VALUE_WIDTH = 11;

        @Override
        public void text(ResourceLimits row, TextWriter out) throws IOException {
            row.task().text(out);
            out.newLine();
            out.line("      RLIMIT     CURRENT       MAXIMUM  ");
            for (Limit limit : row.limits()) {
                out.right(limit.name(), 12).text("   ").centre(value(limit.current()), VALUE_WIDTH);
                out.text("   ").centre(value(limit.maximum()), VALUE_WIDTH).newLine();
            }
            out.newLine();
        }

        private static String value(long limit) {
            return limit == -1 ? "(unlimited)" : Long.toUnsignedString(limit);
        }

        @Override
        public void members(ResourceLimits row, JsonWriter json) throws IOException {
            row.task().members(json);
            json.name("limits").beginArray();
            for (Limit limit : row.limits()) {
                json.beginObject().name("name").value(limit.name());
                json.name("current").value(value(limit.current()));
                json.name("maximum").value(value(limit.maximum())).endObject();
            }
            json.endArray();
        }
    }
}
