package io.inquest.crash.command.program;

import io.inquest.crash.command.Option;
import java.util.List;

/// A page of help: headings at the left, everything under them indented.
final class HelpPage {

    private static final String INDENT = "  ";
    private static final int OPTION_WIDTH = 14;

    private final StringBuilder text = new StringBuilder();

    HelpPage heading(String heading) {
        text.append(text.isEmpty() ? "" : "\n").append(heading).append('\n');
        return this;
    }

    HelpPage line(String line) {
        text.append(line.isEmpty() ? "" : INDENT).append(line).append('\n');
        return this;
    }

    HelpPage paragraphs(String paragraphs) {
        paragraphs.lines().forEach(this::line);
        return this;
    }

    HelpPage options(List<Option> options) {
        options.forEach(this::option);
        return option(Option.JSON);
    }

    private HelpPage option(Option option) {
        String spelled = option.spelled();
        return line(spelled + " ".repeat(Math.max(2, OPTION_WIDTH - spelled.length())) + option.help());
    }

    String text() {
        return text.toString();
    }
}
