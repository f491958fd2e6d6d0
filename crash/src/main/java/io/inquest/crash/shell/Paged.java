package io.inquest.crash.shell;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import org.jspecify.annotations.Nullable;

/// An answer on a terminal: when it turns out to be longer than the screen, it goes through a pager from its
/// first line on.
///
/// The pager is what `set scroll` chose: `less`, `more`, or `$CRASHPAGER`, which is also the first choice of
/// `on`, before `less -E -X -K`: crash's, but Ctrl-C ends it.
final class Paged implements Appendable, Closeable {

    /// With `-K` Ctrl-C ends it and the command; without, it would only ring a bell.
    private static final String USUAL_PAGER = "less -E -X -K";

    private final Console console;
    private final int screenLines;
    private final String choice;
    private final StringBuilder held = new StringBuilder();
    private int lines;
    private @Nullable ShellCommand pager;
    private @Nullable Appendable pagerInput;

    /// @param choice value of the variable `scroll`
    Paged(Console console, int screenLines, String choice) {
        this.console = console;
        this.screenLines = screenLines;
        this.choice = choice;
    }

    @Override
    public Appendable append(CharSequence text) throws IOException {
        return append(text, 0, text.length());
    }

    @Override
    public Appendable append(CharSequence text, int start, int end) throws IOException {
        for (int i = start; i < end; i++) {
            append(text.charAt(i));
        }
        return this;
    }

    @Override
    public Appendable append(char c) throws IOException {
        if (pagerInput != null) {
            pagerInput.append(c);
            return this;
        }
        held.append(c);
        if (c == '\n' && ++lines >= screenLines) {
            startPager();
        }
        return this;
    }

    private void startPager() throws IOException {
        pager = ShellCommand.start(pagerCommand(), console, Redirect.PIPE);
        pagerInput = new UntilClosed(pager.input());
        pagerInput.append(held);
        held.setLength(0);
    }

    private String pagerCommand() {
        String own = System.getenv("CRASHPAGER");
        return switch (choice) {
            case "less" -> USUAL_PAGER;
            case "more" -> "more";
            default -> own == null || own.isEmpty() ? USUAL_PAGER : own;
        };
    }

    @Override
    public void close() throws IOException {
        if (pager != null) {
            pager.finish();
            pager.close();
        } else {
            PrintWriter out = console.out();
            out.append(held);
            out.flush();
        }
    }
}
