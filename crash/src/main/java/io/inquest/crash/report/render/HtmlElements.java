package io.inquest.crash.report.render;

import io.inquest.output.SafeText;
import java.io.IOException;

/// Writes HTML; every text and attribute is escaped, and control characters are made visible.
final class HtmlElements {

    private final Appendable out;

    HtmlElements(Appendable out) {
        this.out = out;
    }

    /// A tag as it is; never with text from outside.
    HtmlElements tag(String tag) throws IOException {
        out.append('<').append(tag).append('>');
        return this;
    }

    /// A line's end, for those who read the source.
    HtmlElements newline() throws IOException {
        out.append('\n');
        return this;
    }

    HtmlElements text(String text) throws IOException {
        out.append(escaped(text));
        return this;
    }

    /// An element with nothing but text in it.
    ///
    /// @param tag its name and attributes, never from outside
    HtmlElements element(String tag, String text) throws IOException {
        int space = tag.indexOf(' ');
        return tag(tag).text(text).tag("/" + (space < 0 ? tag : tag.substring(0, space)));
    }

    /// Text that belongs to the program, such as a style sheet.
    HtmlElements raw(String text) throws IOException {
        out.append(text);
        return this;
    }

    static String escaped(String text) {
        String safe = SafeText.line(text);
        StringBuilder escaped = new StringBuilder(safe.length() + 16);
        for (int i = 0; i < safe.length(); i++) {
            char c = safe.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
