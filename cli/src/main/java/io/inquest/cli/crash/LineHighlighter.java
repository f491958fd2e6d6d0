package io.inquest.cli.crash;

import io.inquest.crash.command.AllCommands;
import io.inquest.crash.session.Session;
import java.util.Set;
import org.jline.reader.LineReader;
import org.jline.reader.impl.DefaultHighlighter;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/// Colours what one types: commands that there are, options, and what goes to the shell.
final class LineHighlighter extends DefaultHighlighter {

    private static final AttributedStyle COMMAND = AttributedStyle.BOLD;
    private static final AttributedStyle OPTION = AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
    private static final AttributedStyle SHELL = AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);

    private final Session session;
    private final Set<String> commands = Set.copyOf(AllCommands.names());

    LineHighlighter(Session session) {
        this.session = session;
    }

    @Override
    public AttributedString highlight(LineReader reader, String buffer) {
        AttributedStringBuilder line = new AttributedStringBuilder();
        int at = 0;
        boolean first = true;
        while (at < buffer.length()) {
            if ("|>!<".indexOf(buffer.charAt(at)) >= 0) {
                return line.styled(SHELL, buffer.substring(at)).toAttributedString();
            }
            int end = at;
            while (end < buffer.length() && " |".indexOf(buffer.charAt(end)) < 0) {
                end++;
            }
            String word = buffer.substring(at, end);
            line.styled(style(word, first), word);
            first &= word.isEmpty();
            if (end < buffer.length() && buffer.charAt(end) == ' ') {
                line.append(' ');
                end++;
            }
            at = end;
        }
        return line.toAttributedString();
    }

    private AttributedStyle style(String word, boolean first) {
        if (first && (commands.contains(word) || session.aliases().find(word).isPresent())) {
            return COMMAND;
        }
        return word.startsWith("-") ? OPTION : AttributedStyle.DEFAULT;
    }
}
