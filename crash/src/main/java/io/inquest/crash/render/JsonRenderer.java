package io.inquest.crash.render;

import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.output.JsonWriter;
import java.io.IOException;

/// Answers as JSON: one object for each command line.
///
/// ```json
/// {"command": "ps -k", "tasks": [{"pid": 2, …}, …], "complete": true}
/// ```
///
/// Rows are an array under their name, one thing is an object `answer`, and answers one after the other an array
/// `parts`
/// of such objects. An answer that is not complete has a list `missing` of sentences.
public final class JsonRenderer implements Renderer {

    private final JsonWriter json;
    private final Runnable eachRow;
    private boolean open;

    /// `eachRow` is run before each row and may throw to end the answer.
    public JsonRenderer(JsonWriter json, Runnable eachRow) {
        this.json = json;
        this.eachRow = eachRow;
    }

    @Override
    public Ending render(String commandLine, Result result) throws IOException {
        begin(commandLine);
        Ending ending = members(result);
        json.name("complete").value(ending.isComplete());
        if (!ending.isComplete()) {
            json.name("missing").beginArray();
            for (String sentence : ending.missing()) {
                json.value(sentence);
            }
            json.endArray();
        }
        end();
        return ending;
    }

    /// Ends what was begun and adds a member `error`.
    @Override
    public void fail(String commandLine, String sentence) throws IOException {
        if (open) {
            json.endUntil(1);
        } else {
            begin(commandLine);
        }
        json.name("error").value(sentence);
        end();
    }

    private void begin(String commandLine) throws IOException {
        open = true;
        json.beginObject().name("command").value(commandLine);
    }

    private void end() throws IOException {
        json.endObject().endDocument();
        open = false;
    }

    /// The members of the object that stands for an answer; it is open.
    private Ending members(Result result) throws IOException {
        return switch (result) {
            case Result.Rows<?> rows -> rows(rows);
            case Result.One<?> one -> one(one);
            case Result.Several(RowSource<Result> parts, boolean separated) -> several(parts);
            case Result.Nothing() -> Ending.COMPLETE;
        };
    }

    private <R> Ending rows(Result.Rows<R> rows) throws IOException {
        Layout<? super R> layout = rows.layout();
        json.name(rows.name()).beginArray();
        Ending ending = rows.rows().forEach(row -> {
            eachRow.run();
            json.beginObject();
            layout.members(row, json);
            json.endObject();
        });
        json.endArray();
        return ending;
    }

    private <R> Ending one(Result.One<R> one) throws IOException {
        json.name("answer").beginObject();
        one.layout().members(one.value(), json);
        json.endObject();
        return one.ending();
    }

    private Ending several(RowSource<Result> parts) throws IOException {
        Ending[] all = {Ending.COMPLETE};
        json.name("parts").beginArray();
        Ending own = parts.forEach(part -> {
            eachRow.run();
            json.beginObject();
            all[0] = all[0].and(members(part));
            json.endObject();
        });
        json.endArray();
        return all[0].and(own);
    }
}
