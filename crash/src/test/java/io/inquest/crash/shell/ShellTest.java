package io.inquest.crash.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.Asked;
import io.inquest.crash.ExitCode;
import io.inquest.crash.session.Session;
import io.inquest.crash.session.Sources;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShellTest {

    private static final String SAMPLE = "6.12-d1";

    @TempDir
    Path folder;

    private static Session session() {
        return new Session(Asked.kernel(SAMPLE), new Sources(List.of("vmcore"), Optional.empty()));
    }

    @Test
    void anAnswerGoesToAFileAndIsAppended() throws Exception {
        Path file = folder.resolve("answer");
        Asked.of(SAMPLE, "ptob 1 > " + file, "ptob 2 >> " + file);
        assertThat(file).hasContent("1: 1000\n2: 2000\n");
        Asked.of(SAMPLE, "ptob 3 > " + file);
        assertThat(file).hasContent("3: 3000\n");
    }

    @Test
    void anAnswerGoesThroughShellCommands() {
        assertThat(Asked.of(SAMPLE, "ptob 1 2 3 | grep 2 | tr 2 x").out()).isEqualTo("x: x000\n");
    }

    @Test
    void aShellCommandThatReadsLittleIsNoFailure() {
        Asked asked = Asked.of(SAMPLE, "log | head -n 1");
        assertThat(asked.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(asked.out()).startsWith("[    0.000000] Linux version 6.12");
        assertThat(asked.out().lines()).hasSize(1);
    }

    @Test
    void shellCommandsRunWithAMarkOrByTheirName() {
        assertThat(Asked.of(SAMPLE, "!echo a; echo b", "echo c").out()).isEqualTo("a\nb\nc\n");
    }

    @Test
    void aFileOfCommandsIsRun() throws Exception {
        Path file = Files.writeString(folder.resolve("commands"), "# a comment\n\nptob 1\nptob 2\n");
        assertThat(Asked.of(SAMPLE, "< " + file).out()).isEqualTo("1: 1000\n2: 2000\n");
        Files.writeString(file, "< " + file + "\n");
        assertThat(Asked.of(SAMPLE, "< " + file).err()).contains("nested too deeply");
        assertThat(Asked.of(SAMPLE, "< " + folder.resolve("absent")).err()).contains("there is no such file");
    }

    @Test
    void aliasesStandForCommandLines() {
        Session session = session();
        assertThat(Asked.of(session, "alias two ptob 2", "two 3").out()).isEqualTo("2: 2000\n3: 3000\n");
        assertThat(Asked.of(session, "alias two \"\"", "two").err()).isEqualTo("crash: command not found: two\n");
        assertThat(Asked.of(session, "alias a b", "alias b a", "a").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Asked.of(session, "alias").out()).startsWith("ORIGIN   ALIAS    COMMAND\nbuiltin  man      help \n");
    }

    @Test
    void theSessionGoesOnAfterAMistakeAndItsExitCodeStays() {
        Asked asked = Asked.of(SAMPLE, "nosuchthing 1", "ptob 1");
        assertThat(asked.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(asked.err()).isEqualTo("crash: command not found: nosuchthing\n");
        assertThat(asked.out()).isEqualTo("1: 1000\n");
        assertThat(Asked.of(SAMPLE, "ptob -z").err()).startsWith("ptob: invalid option -- 'z'\nUsage: ptob pfn...\n");
    }

    /// A real one would slow down or fail the tests beside this.
    @Test
    void memoryThatRunsOutIsOneSentence() {
        StringWriter err = new StringWriter();
        Console console = new Console(new PrintWriter(Writer.nullWriter()), new PrintWriter(err), false);
        int exitCode = new Attempt("bt -a", console).complete(() -> {
            throw new OutOfMemoryError("Java heap space");
        });
        assertThat(exitCode).isEqualTo(ExitCode.DEFECT);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("bt: this answer needs more than the ");
    }

    @Test
    void endlessRecursionDoesNotEndTheSession() {
        StringWriter err = new StringWriter();
        Console console = new Console(new PrintWriter(Writer.nullWriter()), new PrintWriter(err), false);
        int exitCode = new Attempt("bt -a", console).complete(() -> {
            throw new StackOverflowError();
        });
        assertThat(exitCode).isEqualTo(ExitCode.DEFECT);
        assertThat(err.toString()).startsWith("this is a defect of Inquest");
    }

    @Test
    void qEndsTheSession() {
        assertThat(Asked.of(SAMPLE, "ptob 1", "q", "ptob 2").out()).isEqualTo("1: 1000\n");
        assertThat(Asked.of(SAMPLE, "quit", "ptob 2").out()).isEmpty();
    }

    @Test
    void answersComeInJson() {
        assertThat(Asked.of(SAMPLE, "ptob 512a --json").out()).isEqualTo("""
                {
                  "command": "ptob 512a --json",
                  "frames": [
                    {
                      "pfn": "0x512a",
                      "address": "0x512a000"
                    }
                  ],
                  "complete": true
                }
                """);
        assertThat(Asked.of(SAMPLE, "ptob --json zz").out()).isEqualTo("""
                {
                  "command": "ptob --json zz",
                  "error": "symbol not found: zz"
                }
                """);
    }

    @Test
    void aLineThatIsNotUnderstoodIsAnObjectToo() {
        StringWriter out = new StringWriter();
        Console console = new Console(new PrintWriter(out), new PrintWriter(Writer.nullWriter()), false);
        new Shell(session(), console, true).runLines(List.of("nosuch", "rd", "union", "eval", "ptob 1"));
        String text = out.toString();
        for (String line : List.of("nosuch", "rd", "union", "eval", "ptob 1")) {
            assertThat(text).contains("\"command\": \"" + line + "\"");
        }
        assertThat(text).contains("\"error\": \"command not found: nosuch\"");
        assertThat(text.split("\"error\":", -1)).hasSize(5);
    }

    @Test
    void theFolderOfAnAnswersFileIsNamedWhereItIsMissing() {
        assertThat(Asked.of(SAMPLE, "ptob 1 > " + folder.resolve("no/answer")).err())
                .isEqualTo(
                        "ptob: " + folder.resolve("no/answer") + ": there is no folder " + folder.resolve("no") + "\n");
    }

    @Test
    void helpIsMadeFromDeclarations() {
        assertThat(Asked.of(SAMPLE, "help").out()).contains("ptob        page frame number to physical address\n");
        assertThat(Asked.of(SAMPLE, "help eval").out()).startsWith("""
                NAME
                  eval - calculate with numbers and symbols

                SYNOPSIS
                  eval [-bl] expression...

                OPTIONS
                  -b            also the numbers of the bits that are set
                """);
        assertThat(Asked.of(SAMPLE, "man dmesg").out()).contains("log - ");
        assertThat(Asked.of(SAMPLE, "help zz").err()).isEqualTo("help: command not found: zz\n");
    }

    @Test
    void aWordThatIsATypeIsAQuestionForIt() {
        assertThat(Asked.of(SAMPLE, "list_head").out())
                .isEqualTo(
                        "struct list_head {\n    struct list_head *next;\n    struct list_head *prev;\n}\nSIZE: 16\n");
        assertThat(Asked.of(SAMPLE, "list_head.prev").out()).contains("[8] struct list_head *prev;");
        assertThat(Asked.of(SAMPLE, "pid_t").out()).contains("pid_t");
    }

    @Test
    void aWrongLineThatAsksForJsonGetsAnObject() {
        assertThat(Asked.of(SAMPLE, "nosuch --json").out())
                .isEqualTo("{\n  \"command\": \"nosuch --json\",\n  \"error\": \"command not found: nosuch\"\n}\n");
        for (String line : List.of("rd --json", "ps --json 'x", "eval --json", "bt -c 99 --json")) {
            assertThat(Asked.of(SAMPLE, line).out())
                    .as(line)
                    .startsWith("{\n")
                    .contains("\"error\": ")
                    .endsWith("\n}\n");
        }
        assertThat(Asked.of(SAMPLE, "nosuch").out()).isEmpty();
    }
}
