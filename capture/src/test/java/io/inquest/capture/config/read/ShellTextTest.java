package io.inquest.capture.config.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.capture.config.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Files of shell variables, read and not run.
final class ShellTextTest {

    private final Problems problems = new Problems();

    private List<String> read(String text) {
        List<String> said = new ArrayList<>();
        for (Entry entry :
                ShellText.read(new SourceFile("kdump", text), problems).entries()) {
            said.add(entry.name() + "=" + entry.value());
        }
        return said;
    }

    private List<String> refused(String text) {
        read(text);
        return problems.errors().stream().map(Problem::toString).toList();
    }

    @Test
    void valuesAreWhatAShellMakesOfThem() {
        assertThat(read("""
                # a comment
                A=plain
                  B="two words"   # behind
                C='single $x "y"'
                D=a"b c"d'e f'
                E=
                F="a \\"quoted\\" \\$x \\n"
                G=a\\ b
                H="continued \\
                here"
                I=con\\
                tinued
                J="two
                lines"
                export K=1
                L=1 M=2; N=3
                O=a#b
                P=*
                """))
                .containsExactly(
                        "A=plain",
                        "B=two words",
                        "C=single $x \"y\"",
                        "D=ab cde f",
                        "E=",
                        "F=a \"quoted\" $x \\n",
                        "G=a b",
                        "H=continued here",
                        "I=continued",
                        "J=two\nlines",
                        "K=1",
                        "L=1",
                        "M=2",
                        "N=3",
                        "O=a#b",
                        "P=*");
        assertThat(problems.errors()).isEmpty();
    }

    @Test
    void variablesFromAboveAreFilledIn() {
        assertThat(read("A=1\nB=\"$A ${A}2\"\nC='$A'\nA+=\" more\"\nD=5$\nE=\"$ A\""))
                .containsExactly("A=1 more", "B=1 12", "C=$A", "D=5$", "E=$ A");
        assertThat(problems.warnings()).isEmpty();
    }

    @Test
    void variableThatIsSetNowhereIsNothingAndWarnedOf() {
        assertThat(read("A=\"x$B\"")).containsExactly("A=x");
        assertThat(problems.warnings().getFirst()).hasToString("kdump:1: B is set nowhere above, so $B is nothing");
    }

    @Test
    void lastOfTwoCountsAndIsWarnedOf() {
        assertThat(read("A=1\nB=2\nA=3")).containsExactly("A=3", "B=2");
        assertThat(problems.warnings().getFirst())
                .hasToString("kdump:3: A is set a second time, first in line 1; this one counts, as in a shell");
    }

    @Test
    void whatWouldRunIsRefused() {
        assertThat(
                        refused(
                                "A=$(uname -r)\nB=`date`\nC=\"$(id)\"\nD=\"`id`\"\nif true; then\n. /etc/other\nA=1 env\nB=a|b"))
                .containsExactly(
                        "kdump:1: A takes the output of a command; this file is read and not run, so write the value itself",
                        "kdump:2: B has ` outside of quotes, which a shell acts on; this file is read and not run, so write"
                                + " the value itself, in quotes",
                        "kdump:3: C takes the output of a command; this file is read and not run, so write the value itself",
                        "kdump:4: D takes the output of a command; this file is read and not run, so write the value itself",
                        "kdump:5: here stands 'if true; then'; a line must be VARIABLE=VALUE, since this file is read and not"
                                + " run",
                        "kdump:6: here stands '. /etc/other'; a line must be VARIABLE=VALUE, since this file is read and not"
                                + " run",
                        "kdump:7: here stands 'env'; a line must be VARIABLE=VALUE, since this file is read and not run",
                        "kdump:8: B has | outside of quotes, which a shell acts on; this file is read and not run, so write"
                                + " the value itself, in quotes");
    }

    @Test
    void whatOnlyARunningShellKnowsIsRefused() {
        assertThat(refused("A=$1\nB=${C:-d}\nC=~/key\nD=$'x'\nE = 5"))
                .containsExactly(
                        "kdump:1: A has $1, which only a running shell knows; write the value itself",
                        "kdump:2: B has ${C…, which is more than a variable's name; write the value itself",
                        "kdump:3: C begins with ~; write the whole path",
                        "kdump:4: D has $', which only a running shell knows; write the value itself",
                        "kdump:5: here stands 'E = 5'; a line must be VARIABLE=VALUE, since this file is read and not run");
    }

    @Test
    void openQuoteIsToldWhereItsVariableBegins() {
        assertThat(refused("A=1\nB=\"x\nC=2\n"))
                .containsExactly("kdump:2: the quote \" of B is not closed until the end of the file");
        assertThat(new ShellTextTest().refused("A='x"))
                .containsExactly("kdump:1: the quote ' of A is not closed until the end of the file");
    }

    @Test
    void lineEndsOfWindowsAreToldAsSuch() {
        assertThat(refused("A=1\r\nB=\"2\"\r\n")).hasSize(2).allMatch(error -> error.contains("carriage return"));
    }

    @Test
    void everyTruncationAndManyFlipsEnd() {
        String text = "A=1\nB=\"x ${A} \\\" y\"\nexport C='z' D+=$A # c\nE=a\\\nb\n";
        for (int length = 0; length <= text.length(); length++) {
            assertThat(read(text.substring(0, length))).hasSizeLessThanOrEqualTo(5);
        }
        Random random = new Random(11);
        for (int round = 0; round < 5000; round++) {
            char[] flipped = text.toCharArray();
            flipped[random.nextInt(flipped.length)] = (char) random.nextInt(128);
            flipped[random.nextInt(flipped.length)] = (char) random.nextInt(128);
            assertThat(read(new String(flipped))).hasSizeLessThanOrEqualTo(flipped.length);
        }
    }
}
