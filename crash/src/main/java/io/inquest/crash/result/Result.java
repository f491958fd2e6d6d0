package io.inquest.crash.result;

import java.util.List;

/// The typed answer of a command. Renderers turn it into crash's text, into JSON, or into a page.
///
/// Nothing is asked of the dump before a renderer takes the rows, and none of them is kept: an answer may be as long as
/// the machine has pages.
public sealed interface Result {

    /// Rows of one kind.
    ///
    /// @param name what JSON calls them, such as `tasks`
    record Rows<R>(String name, RowSource<R> rows, Layout<? super R> layout) implements Result {}

    /// One thing, such as the banner: in JSON an object and no array.
    ///
    /// @param ending what could not be told of it
    record One<R>(R value, Layout<? super R> layout, Ending ending) implements Result {}

    /// Answers one after the other, such as one for each task.
    ///
    /// @param separated whether the text has an empty line between them
    record Several(RowSource<Result> parts, boolean separated) implements Result {}

    /// An answer without words, of a command that changed something.
    record Nothing() implements Result {}

    static <R> Result rows(String name, RowSource<R> rows, Layout<? super R> layout) {
        return new Rows<>(name, rows, layout);
    }

    static <R> Result one(R value, Layout<? super R> layout) {
        return new One<>(value, layout, Ending.COMPLETE);
    }

    /// One thing of which parts may be missing.
    static <R> Result one(R value, Layout<? super R> layout, Ending ending) {
        return new One<>(value, layout, ending);
    }

    static Result several(List<Result> parts) {
        return new Several(RowSource.of(parts), false);
    }

    /// Answers with an empty line between them.
    static Result separated(RowSource<Result> parts) {
        return new Several(parts, true);
    }

    static Result nothing() {
        return new Nothing();
    }

    /// Lines of text that come from the program and not from the dump, such as a help text.
    static Result text(String lines) {
        return one(lines, TextLayout.INSTANCE);
    }
}
