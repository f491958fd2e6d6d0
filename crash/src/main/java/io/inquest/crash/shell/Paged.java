package io.inquest.crash.shell;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import org.jspecify.annotations.Nullable;

/// An answer on a terminal: when it turns out to be longer than the screen, it goes through a pager from its first line
/// on.
///
/// The pager is `$CRASHPAGER`, else `less -E -X` as in crash.
final class Paged implements Appendable, Closeable {

    private static final String USUAL_PAGER = "less -E -X";

    private final Console console;
    private final int screenLines;
    private final StringBuilder held = new StringBuilder();
    private int lines;
    private @Nullable ShellCommand pager;
    private @Nullable Appendable pagerInput;

    Paged(Console console, int screenLines) {
        this.console = console;
        this.screenLines = screenLines;
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
        String chosen = System.getenv("CRASHPAGER");
        pager = ShellCommand.start(chosen == null || chosen.isEmpty() ? USUAL_PAGER : chosen, console, Redirect.PIPE);
        pagerInput = new UntilClosed(pager.input());
        pagerInput.append(held);
        held.setLength(0);
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
