package io.inquest.crash.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.crash.UsageException;
import io.inquest.crash.shell.InputLine.Destination;
import org.junit.jupiter.api.Test;

final class InputLineTest {

    @Test
    void wordsEndAtBlanksAndAShellCommandAtTheEnd() {
        InputLine line = InputLine.parse("ps  -k | grep 'a | b' | wc -l");
        assertThat(line.words()).containsExactly("ps", "-k");
        assertThat(line.destination()).isEqualTo(new Destination.ToShell("grep 'a | b' | wc -l"));
    }

    @Test
    void anAnswerReplacesAFileOrIsAppended() {
        assertThat(InputLine.parse("log > a").destination()).isEqualTo(new Destination.ToFile("a", false));
        assertThat(InputLine.parse("log >>\"a b\"").destination()).isEqualTo(new Destination.ToFile("a b", true));
    }

    @Test
    void quotesAndParenthesesKeepMarksInAWord() {
        assertThat(InputLine.parse("foreach 'a > b' \"c|d\" bt").words())
                .containsExactly("foreach", "'a > b'", "c|d", "bt");
        assertThat(InputLine.parse("rd (jiffies + (1 << 3)) 2").words())
                .containsExactly("rd", "(jiffies + (1 << 3))", "2");
        assertThat(InputLine.parse("alias kt \"\"").words()).containsExactly("alias", "kt", "");
    }

    @Test
    void anArrowIsNoRedirection() {
        assertThat(InputLine.parse("p init_task->comm").words()).containsExactly("p", "init_task->comm");
    }

    @Test
    void aQuotedCommandIsNoAlias() {
        assertThat(InputLine.parse("\"size\" list_head").quoted()).isTrue();
        assertThat(InputLine.parse("size \"list_head\"").quoted()).isFalse();
    }

    @Test
    void halfALineIsAMistakeOfTheUser() {
        for (String line : new String[] {"log |", "log >", "log > a b", "p 'x", "rd (jiffies"}) {
            assertThatThrownBy(() -> InputLine.parse(line)).as(line).isInstanceOf(UsageException.class);
        }
    }
}
