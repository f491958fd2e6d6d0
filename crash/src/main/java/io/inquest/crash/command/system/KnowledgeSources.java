package io.inquest.crash.command.system;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.crash.result.TextWriter;
import io.inquest.crash.session.Session;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.Vmlinux;
import io.inquest.kernel.task.Cpus;
import io.inquest.kernel.task.TaskWay;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `sys --sources`: from where what is known is known.
///
/// @param subject what is known, such as `symbols`
/// @param source from where, in words
record KnowledgeSources(String subject, String source) {

    static Result of(Session session) throws IOException {
        Kernel kernel = session.kernel();
        List<KnowledgeSources> rows = new ArrayList<>();
        rows.add(new KnowledgeSources("symbols", kernel.symbols().source()));
        rows.add(new KnowledgeSources("types", typeSources(kernel)));
        rows.add(new KnowledgeSources("stacks", kernel.stacks().source()));
        for (TaskWay way : kernel.tasks().ways()) {
            String end = way.end().isComplete() ? "" : "; " + way.end().sentence();
            rows.add(new KnowledgeSources("tasks", way.found() + " by " + way.name() + end));
        }
        rows.add(new KnowledgeSources(
                "CPU that died", kernel.cpus().dying().map(Cpus.Dying::source).orElse("nobody says which")));
        String lines = kernel.vmlinux().map(Vmlinux::name).orElse("none: they need a vmlinux with debug information");
        rows.add(new KnowledgeSources("source lines", lines));
        return Result.rows("sources", RowSource.of(rows), new SourceLayout());
    }

    private static String typeSources(Kernel kernel) throws IOException {
        StringBuilder all = new StringBuilder();
        kernel.types()
                .sources()
                .forEach(source -> all.append(all.isEmpty() ? "" : ", ").append(source.describe()));
        return all.toString();
    }

    private static final class SourceLayout implements Layout<KnowledgeSources> {

        @Override
        public void text(KnowledgeSources row, TextWriter out) throws IOException {
            out.right(row.subject(), 14).text(": ").line(row.source());
        }

        @Override
        public void members(KnowledgeSources row, JsonWriter json) throws IOException {
            json.name("subject").value(row.subject()).name("source").value(row.source());
        }
    }
}
