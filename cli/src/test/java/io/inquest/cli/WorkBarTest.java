package io.inquest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.output.ProgressBar;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/// The bar of a long work.
final class WorkBarTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long MIB = 1 << 20;

    private final StringWriter screen = new StringWriter();
    private final PrintWriter err = new PrintWriter(screen);
    private long now;

    private WorkBar bar() {
        return new WorkBar("Copying memory", err, new ProgressBar(err, 60, () -> now));
    }

    @Test
    void workIsShownOnceItTakesTime() {
        WorkBar bar = bar();
        bar.show(0, 100 * MIB);
        assertThat(screen.toString()).isEmpty();
        now += SECOND;
        bar.show(25 * MIB, 100 * MIB);
        assertThat(screen.toString()).startsWith("\rCopying memory  [").contains("  25 %  25.0 MiB/s  3");
    }

    @Test
    void barGoesAwayBeforeAWarningAndAtTheEnd() {
        WorkBar bar = bar();
        bar.show(0, 100 * MIB);
        now += SECOND;
        bar.show(25 * MIB, 100 * MIB);
        String drawn = screen.toString();
        bar.warnings(err::print).warn("look");
        bar.close();
        String wiped = "\r" + " ".repeat(drawn.length() - 1) + "\r";
        err.flush();
        assertThat(screen.toString()).isEqualTo(drawn + wiped + "look");
    }

    @Test
    void nothingIsDrawnWhereThereIsNoTerminal() {
        try (WorkBar bar = new WorkBar("Copying memory", err, null)) {
            bar.show(0, MIB);
            now += SECOND;
            bar.show(MIB, MIB);
        }
        assertThat(screen.toString()).isEmpty();
    }
}
