package io.inquest.crash.report.log;

import io.inquest.crash.report.CallFrame;
import io.inquest.crash.report.StackKind;
import io.inquest.crash.report.Trust;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A line of a logged backtrace.
///
/// | Form                                                   | Where                           |
/// |--------------------------------------------------------|---------------------------------|
/// | ` f+0x1/0x2 [mod]`, ` ? f+0x1/0x2`                     | x86, arm64, riscv               |
/// | ` [<ffffffff81171d6f>] ? f+0x1/0x2 [mod]`              | until 4.9; s390x, mips          |
/// | ` <NMI>  [<…>] ? f+0x1/0x2`, ` <TASK>`                 | a marker, alone or before       |
/// | `[sp] [pc] .f+0x1/0x2 (unreliable)`                    | powerpc                         |
/// | `([<…>] f+0x1/0x2 [mod])`                              | s390x, the frame that is sure   |
/// | `[<…>] (f) from [<…>] (g+0x1/0x2)`, ` f from g+0x1/0x2` | arm: `g` called `f`            |
/// | ` :mod:f+0x1/0x2`                                      | until 2.6.27                    |
///
/// @param marker which stack begins here; null if the line says nothing of that
/// @param frame the function; absent on a line that is but a marker
record FrameLine(@Nullable StackKind marker, Optional<CallFrame> frame) {

    /// Longer names are no symbols: KSYM_NAME_LEN is 512.
    private static final int MOST_NAME_CHARACTERS = 512;

    /// What the line says; empty when it is no part of a backtrace.
    static Optional<FrameLine> parse(String line) {
        Cursor cursor = new Cursor(line);
        cursor.skipBlanks();
        StackKind marker = marker(cursor);
        cursor.skipBlanks();
        if (marker != null && cursor.atEnd()) {
            return Optional.of(new FrameLine(marker, Optional.empty()));
        }
        return frame(cursor).map(found -> new FrameLine(marker, Optional.of(found)));
    }

    /// The frame that a text begins with, such as `[<addr>] f+0x1/0x2 [mod]`.
    static Optional<CallFrame> frameIn(String text) {
        Cursor cursor = new Cursor(text);
        cursor.skipBlanks();
        return frame(cursor);
    }

    private static @Nullable StackKind marker(Cursor cursor) {
        int from = cursor.at();
        if (!cursor.skip('<')) {
            return null;
        }
        cursor.skip('<');
        Optional<String> name = cursor.before(">");
        if (name.isEmpty() || name.get().isEmpty() || !isMarker(name.get())) {
            cursor.moveTo(from);
            return null;
        }
        cursor.skip('>');
        return StackKind.ofMarker(name.get());
    }

    private static boolean isMarker(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'A' && c <= 'Z') && !Cursor.isDigit(c) && c != '#' && c != '/' && c != '_') {
                return false;
            }
        }
        return true;
    }

    private static Optional<CallFrame> frame(Cursor cursor) {
        cursor.skip('(');
        OptionalLong address = addresses(cursor);
        cursor.skipBlanks();
        boolean guessed = cursor.skip("? ");
        cursor.skipBlanks();
        int from = cursor.at();
        Optional<CallFrame> caller = armCaller(cursor);
        if (caller.isPresent()) {
            return caller;
        }
        cursor.moveTo(from);
        cursor.skip('(');
        String module = oldModule(cursor);
        String name = name(cursor);
        if (name.isEmpty() || name.length() > MOST_NAME_CHARACTERS || !cursor.skip("+0x")) {
            return Optional.empty();
        }
        OptionalLong offset = cursor.hex();
        if (offset.isEmpty() || !cursor.skip("/0x")) {
            return Optional.empty();
        }
        OptionalLong size = cursor.hex();
        if (size.isEmpty()) {
            return Optional.empty();
        }
        cursor.skipBlanks();
        String loaded = module(cursor);
        guessed |= cursor.rest().contains("(unreliable)");
        return Optional.of(new CallFrame(
                name,
                offset.getAsLong(),
                size.getAsLong(),
                loaded.isEmpty() ? module : loaded,
                address,
                guessed ? Trust.GUESSED : Trust.UNWOUND,
                StackKind.TASK));
    }

    /// powerpc puts a dot before the names of function entries.
    private static String name(Cursor cursor) {
        String name = cursor.symbol();
        int dots = 0;
        while (dots < name.length() && name.charAt(dots) == '.') {
            dots++;
        }
        return name.substring(dots);
    }

    /// `[<addr>]`, `[addr]` or `<addr>`, any number of them; the last is the program's.
    private static OptionalLong addresses(Cursor cursor) {
        OptionalLong last = OptionalLong.empty();
        while (true) {
            int from = cursor.at();
            cursor.skipBlanks();
            boolean bracket = cursor.skip('[');
            boolean angle = cursor.skip('<');
            OptionalLong address = cursor.hex();
            if ((!bracket && !angle)
                    || address.isEmpty()
                    || (angle && !cursor.skip('>'))
                    || (bracket && !cursor.skip(']'))) {
                cursor.moveTo(from);
                return last;
            }
            last = address;
        }
    }

    private static Optional<CallFrame> armCaller(Cursor cursor) {
        boolean bracket = cursor.skip('(');
        String callee = cursor.symbol();
        if (bracket && cursor.skip("+0x")) {
            cursor.before(")");
            cursor.moveTo(Math.max(0, cursor.at() - 1));
        }
        if (callee.isEmpty() || (bracket && !cursor.skip(')')) || !cursor.skip(" from ")) {
            return Optional.empty();
        }
        cursor.skipBlanks();
        return frame(cursor);
    }

    private static String oldModule(Cursor cursor) {
        if (!cursor.skip(':')) {
            return "";
        }
        return cursor.before(":").orElse("");
    }

    /// `[mod]`, `[mod build-id]`, `[mod(P)]`.
    private static String module(Cursor cursor) {
        if (!cursor.skip('[')) {
            return "";
        }
        int from = cursor.at();
        while (Cursor.isSymbol(cursor.peek()) || cursor.peek() == '-') {
            cursor.skip(cursor.peek());
        }
        int length = cursor.at() - from;
        cursor.moveTo(from);
        return cursor.rest().substring(0, length);
    }
}
