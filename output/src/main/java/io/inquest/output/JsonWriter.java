package io.inquest.output;

import java.io.IOException;

/// Writes JSON (RFC 8259) as a stream: nothing is kept but the nesting.
///
/// ```java
/// var json = JsonWriter.indented(out);
/// json.beginObject().name("pages").value(42).name("codecs").beginArray().value("zstd").endArray().endObject();
/// ```
///
/// Members come out in the order they are written. Addresses and page flags are strings (`"0xffff…"`), because
/// most readers of JSON keep only 53 bits of a number. A call that would make the text invalid is a programming
/// error and throws [IllegalStateException].
public final class JsonWriter {

    /// Deeper nesting than any answer of ours; a bound so that a loop in the caller is found.
    private static final int DEEPEST = 64;

    private static final String HEX = "0123456789abcdef";
    private static final byte ARRAY = 1;
    private static final byte OBJECT = 2;

    private final Appendable out;
    private final boolean indented;
    private final byte[] nesting = new byte[DEEPEST];
    private int depth;
    private boolean firstInside = true;
    private boolean afterName;
    private boolean complete;

    private JsonWriter(Appendable out, boolean indented) {
        this.out = out;
        this.indented = indented;
    }

    /// For people: two spaces for each level, one member a line.
    public static JsonWriter indented(Appendable out) {
        return new JsonWriter(out, true);
    }

    /// For streams of events: no line ends inside a value.
    public static JsonWriter compact(Appendable out) {
        return new JsonWriter(out, false);
    }

    public JsonWriter beginObject() throws IOException {
        return begin(OBJECT, '{');
    }

    public JsonWriter endObject() throws IOException {
        return end(OBJECT, '}');
    }

    public JsonWriter beginArray() throws IOException {
        return begin(ARRAY, '[');
    }

    public JsonWriter endArray() throws IOException {
        return end(ARRAY, ']');
    }

    /// Ends arrays and objects until only `levels` are open: for an answer that failed in the middle. A name
    /// without a value gets `null`.
    public JsonWriter endUntil(int levels) throws IOException {
        if (afterName) {
            nullValue();
        }
        while (depth > levels) {
            end(nesting[depth - 1], nesting[depth - 1] == OBJECT ? '}' : ']');
        }
        return this;
    }

    /// The name of the member whose value comes next.
    public JsonWriter name(String name) throws IOException {
        if (depth == 0 || nesting[depth - 1] != OBJECT || afterName) {
            throw new IllegalStateException("the name \"" + name + "\" is not directly inside an object");
        }
        separate();
        quote(name);
        out.append(indented ? ": " : ":");
        afterName = true;
        return this;
    }

    public JsonWriter value(String text) throws IOException {
        beforeValue();
        quote(text);
        return this;
    }

    public JsonWriter value(long number) throws IOException {
        beforeValue();
        out.append(Long.toString(number));
        return this;
    }

    /// A number that is not whole; JSON has no infinities and no NaN, so those become `null`.
    public JsonWriter value(double number) throws IOException {
        beforeValue();
        out.append(Double.isFinite(number) ? Double.toString(number) : "null");
        return this;
    }

    public JsonWriter value(boolean truth) throws IOException {
        beforeValue();
        out.append(truth ? "true" : "false");
        return this;
    }

    public JsonWriter nullValue() throws IOException {
        beforeValue();
        out.append("null");
        return this;
    }

    /// An address or a set of flags: a string of `0x` and hexadecimal digits.
    public JsonWriter hex(long bits) throws IOException {
        return value("0x" + Long.toHexString(bits));
    }

    /// Ends the document with a line end, after which another may follow; checks that it is whole.
    public void endDocument() throws IOException {
        if (depth != 0 || !complete) {
            throw new IllegalStateException("the JSON document is not complete: " + depth + " levels are open");
        }
        out.append('\n');
        complete = false;
        firstInside = true;
    }

    private JsonWriter begin(byte kind, char bracket) throws IOException {
        beforeValue();
        if (depth == DEEPEST) {
            throw new IllegalStateException("JSON nested deeper than " + DEEPEST + " levels");
        }
        nesting[depth++] = kind;
        out.append(bracket);
        firstInside = true;
        complete = false;
        return this;
    }

    private JsonWriter end(byte kind, char bracket) throws IOException {
        if (depth == 0 || nesting[depth - 1] != kind || afterName) {
            throw new IllegalStateException("'" + bracket + "' does not close what is open");
        }
        depth--;
        if (!firstInside) {
            lineBreak();
        }
        out.append(bracket);
        firstInside = false;
        complete = depth == 0;
        return this;
    }

    private void beforeValue() throws IOException {
        if (depth == 0) {
            if (complete) {
                throw new IllegalStateException("a second value at the top of a JSON document");
            }
            complete = true;
        } else if (nesting[depth - 1] == OBJECT) {
            if (!afterName) {
                throw new IllegalStateException("a value without a name inside an object");
            }
            afterName = false;
        } else {
            separate();
        }
    }

    private void separate() throws IOException {
        if (!firstInside) {
            out.append(',');
        }
        firstInside = false;
        lineBreak();
    }

    private void lineBreak() throws IOException {
        if (indented) {
            out.append('\n');
            for (int level = 0; level < depth; level++) {
                out.append("  ");
            }
        }
    }

    private void quote(String text) throws IOException {
        out.append('"');
        int plainFrom = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (needsEscape(text, at)) {
                out.append(text, plainFrom, at);
                escape(c);
                plainFrom = at + 1;
            }
        }
        out.append(text, plainFrom, text.length()).append('"');
    }

    /// Beside what the RFC demands: what a terminal might obey or a reader be misled by ([SafeText]), and half
    /// of a surrogate pair, which no UTF-8 can carry.
    private static boolean needsEscape(String text, int at) {
        char c = text.charAt(at);
        return c == '"' || c == '\\' || SafeText.isUnsafe(text, at);
    }

    private void escape(char c) throws IOException {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '\r' -> out.append("\\r");
            default -> {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(HEX.charAt(c >> shift & 0xf));
                }
            }
        }
    }
}
