package io.inquest.crash.render;

import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.crash.result.TextWriter;
import java.io.IOException;

/// Answers as crash prints them.
public final class TextRenderer implements Renderer {

    private final BlankLines blankLines;
    private final TextWriter out;
    private final Runnable eachRow;

    /// `eachRow` is run before each row and may throw to end the answer.
    public TextRenderer(Appendable out, Runnable eachRow) {
        this.blankLines = new BlankLines(out);
        this.out = new TextWriter(blankLines);
        this.eachRow = eachRow;
    }

    @Override
    public Ending render(String commandLine, Result result) throws IOException {
        return render(result);
    }

    private Ending render(Result result) throws IOException {
        return switch (result) {
            case Result.Rows<?> rows -> rows(rows);
            case Result.One<?> one -> one(one);
            case Result.Several(RowSource<Result> parts, boolean separated) -> several(parts, separated);
            case Result.Nothing() -> Ending.COMPLETE;
        };
    }

    private <R> Ending rows(Result.Rows<R> rows) throws IOException {
        Layout<? super R> layout = rows.layout();
        layout.begin(out);
        boolean[] later = new boolean[1];
        Ending ending = rows.rows().forEach(row -> {
            eachRow.run();
            if (later[0]) {
                layout.between(out);
            }
            later[0] = true;
            layout.text(row, out);
        });
        layout.end(out);
        return ending;
    }

    private <R> Ending one(Result.One<R> one) throws IOException {
        one.layout().begin(out);
        one.layout().text(one.value(), out);
        one.layout().end(out);
        return one.ending();
    }

    private Ending several(RowSource<Result> parts, boolean separated) throws IOException {
        Ending[] all = {Ending.COMPLETE};
        long before = blankLines.written();
        Ending own = parts.forEach(part -> {
            eachRow.run();
            if (separated && blankLines.written() > before) {
                blankLines.expect();
            }
            all[0] = all[0].and(render(part));
        });
        if (separated) {
            blankLines.forget();
        }
        return all[0].and(own);
    }
}
