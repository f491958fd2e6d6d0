package io.inquest.makedumpfile.erase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EraseConfigTest {

    private final List<String> complaints = new ArrayList<>();

    @Test
    void readsEveryFormOfStatement() {
        EraseConfig config = parse("""
                # what nobody else may read
                erase saved_command_line
                erase jiffies size 2K   # a comment
                erase a.b.c nullify
                [ext4]
                erase x size y.z
                for t in init_task.tasks within task_struct:tasks
                    erase t.comm size 16
                endfor
                for m in chain via next
                endfor
                for e in table
                \terase e.key
                endfor
                """);

        assertThat(complaints).isEmpty();
        assertThat(config.sections()).hasSize(2);
        assertThat(config.sections().getFirst().statements())
                .containsExactly(
                        erase(2, "saved_command_line", new Extent.OfType()),
                        erase(3, "jiffies", new Extent.Bytes(2048)),
                        erase(4, "a.b.c", new Extent.Nullify()));
        EraseConfig.Section module = config.sections().getLast();
        assertThat(module.module()).isEqualTo("ext4");
        assertThat(module.statements())
                .containsExactly(
                        erase(6, "x", new Extent.ValueOf(MemberPath.parse("y.z"))),
                        new Statement.Loop(
                                7,
                                "t",
                                new Statement.Source.Ring(MemberPath.parse("init_task.tasks"), "task_struct", "tasks"),
                                List.of(erase(8, "t.comm", new Extent.Bytes(16)))),
                        new Statement.Loop(
                                10, "m", new Statement.Source.Chain(MemberPath.parse("chain"), "next"), List.of()),
                        new Statement.Loop(
                                12,
                                "e",
                                new Statement.Source.Elements(MemberPath.parse("table")),
                                List.of(erase(13, "e.key", new Extent.OfType()))));
    }

    private static Statement.Erase erase(int line, String path, Extent extent) {
        return new Statement.Erase(line, MemberPath.parse(path), extent);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    wipe jiffies              | Config error at 1: Invalid token 'wipe'.
                    erase                     | Config error at 1: 'erase' needs a symbol.
                    erase 1jiffies            | Config error at 1: Invalid token '1jiffies'.
                    erase jiffies.            | Config error at 1: Invalid token 'jiffies.'.
                    erase jiffies size 9G     | Config error at 1: Invalid size '9G'.
                    erase jiffies all         | Config error at 1: Invalid token 'all'.
                    for t in                  | Config error at 1: A loop is: for ID in ARRAY, or STRUCT via MEMBER, or HEAD within STRUCT:MEMBER.
                    for t in a under b        | Config error at 1: Invalid token 'under'.
                    for t in a                | Config error at 1: No matching 'endfor' found.
                    endfor                    | Config error at 1: Invalid token 'endfor'.
                    [ext4                     | Config error at 1: Invalid section name '[ext4'.
                    """)
    void aMistakeIsToldWithItsLine(String line, String complaint) {
        parse(line + "\n");
        assertThat(complaints).contains(complaint);
    }

    @Test
    void theOtherLinesCount() {
        EraseConfig config = parse("wipe jiffies\nerase jiffies\n");
        assertThat(config.sections().getFirst().statements()).containsExactly(erase(2, "jiffies", new Extent.OfType()));
    }

    private EraseConfig parse(String text) {
        return EraseConfig.parse(text, complaints::add);
    }
}
