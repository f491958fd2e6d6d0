package io.inquest.crash.result;

import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// A column of a [Columns] table: its heading, its place, and where a row's value comes from.
public interface Column<R> {

    String heading();

    /// Width in characters; negative for cells that stand at the left, 0 for as wide as the cell.
    int width();

    void text(R row, TextWriter out) throws IOException;

    /// Writes the member with its name.
    void member(R row, JsonWriter json) throws IOException;

    /// Words at the left; `key` is the member's name in JSON.
    static <R> Column<R> words(String key, String heading, int width, Function<? super R, String> value) {
        return new Cell<>(heading, -width, value, (row, json) -> json.name(key).value(value.apply(row)));
    }

    /// Words at the right.
    static <R> Column<R> wordsRight(String key, String heading, int width, Function<? super R, String> value) {
        return new Cell<>(heading, width, value, (row, json) -> json.name(key).value(value.apply(row)));
    }

    /// A decimal number at the right.
    static <R> Column<R> number(String key, String heading, int width, ToLongFunction<? super R> value) {
        return new Cell<>(
                heading,
                width,
                row -> Long.toString(value.applyAsLong(row)),
                (row, json) -> json.name(key).value(value.applyAsLong(row)));
    }

    /// Hexadecimal digits at the right: an address, or flags.
    static <R> Column<R> hex(String key, String heading, int width, ToLongFunction<? super R> value) {
        return new Cell<>(
                heading,
                width,
                row -> Long.toHexString(value.applyAsLong(row)),
                (row, json) -> json.name(key).hex(value.applyAsLong(row)));
    }

    /// Hexadecimal digits at the left.
    static <R> Column<R> hexLeft(String key, String heading, int width, ToLongFunction<? super R> value) {
        return new Cell<>(
                heading,
                -width,
                row -> Long.toHexString(value.applyAsLong(row)),
                (row, json) -> json.name(key).hex(value.applyAsLong(row)));
    }

    /// A column made of a text and a member.
    record Cell<R>(String heading, int width, Function<? super R, String> value, Member<R> member)
            implements Column<R> {

        /// Writes a row's member into JSON.
        @FunctionalInterface
        public interface Member<R> {
            void write(R row, JsonWriter json) throws IOException;
        }

        @Override
        public void text(R row, TextWriter out) throws IOException {
            String text = value.apply(row);
            if (width < 0) {
                out.left(text, -width);
            } else {
                out.right(text, width);
            }
        }

        @Override
        public void member(R row, JsonWriter json) throws IOException {
            member.write(row, json);
        }
    }
}
