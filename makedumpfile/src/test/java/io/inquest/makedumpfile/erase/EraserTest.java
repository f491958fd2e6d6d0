package io.inquest.makedumpfile.erase;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelList;
import io.inquest.kernel.object.KernelObject;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EraserTest {

    private final List<String> complaints = new ArrayList<>();

    @Test
    void whatTheRulesNameIsGoneAndNothingElse() throws Exception {
        String rules = """
                erase saved_command_line
                erase init_task.comm
                erase modules.next nullify
                for t in init_task.tasks within task_struct:tasks
                    erase t.comm size 4
                endfor
                """;
        try (Dump dump = open();
                Kernel before = Kernel.open(dump, Warnings.NONE)) {
            Erasures erasures = Eraser.find(EraseConfig.parse(rules, complaints::add), before, complaints::add);
            Kernel after = Kernel.open(new ErasedDump(dump, erasures, ""), Warnings.NONE);

            assertThat(complaints).isEmpty();
            assertThat(after.object("saved_command_line").string()).matches("X{40,}");
            assertThat(before.object("saved_command_line").string()).contains("console=");
            assertThat(after.object("init_task").member("comm").string()).isEqualTo("X".repeat(16));
            assertThat(after.object("modules").member("next").isZero()).isTrue();
            assertThat(after.object("modules").member("prev").unsigned())
                    .isEqualTo(before.object("modules").member("prev").unsigned());
            List<String> names = names(before);
            assertThat(names).hasSizeGreaterThan(50);
            assertThat(names(after))
                    .isEqualTo(names.stream()
                            .map(name -> "XXXX" + (name.length() > 4 ? name.substring(4) : ""))
                            .toList());
            assertThat(erasures.record())
                    .contains(
                            "erase init_task.comm size 16\n", "erase modules.next nullify\n", "erase t.comm size 4\n");
        }
    }

    private static List<String> names(Kernel kernel) throws IOException {
        KernelObject head = kernel.object("init_task").member("tasks");
        return KernelList.entries(head, kernel.types().struct("task_struct"), "tasks")
                .map(task -> task.member("comm").string())
                .toList();
    }

    @Test
    void rulesThatThisKernelCannotFollowAreToldWithTheirLine() throws Exception {
        String rules = """
                erase no_such_symbol
                erase init_task.no_such_member
                erase init_task.comm nullify
                [no_such_module]
                erase jiffies
                """;
        try (Dump dump = open();
                Kernel kernel = Kernel.open(dump, Warnings.NONE)) {
            Erasures erasures = Eraser.find(EraseConfig.parse(rules, complaints::add), kernel, complaints::add);

            assertThat(erasures.isEmpty()).isTrue();
            assertThat(complaints).hasSize(4);
            assertThat(complaints.get(0)).startsWith("Config error at 1: ").contains("no_such_symbol");
            assertThat(complaints.get(1)).startsWith("Config error at 2: ").contains("no_such_member");
            assertThat(complaints.get(2)).startsWith("Config error at 3: ").contains("no pointer");
            assertThat(complaints.get(3)).isEqualTo("Skipping Module section no_such_module");
        }
    }

    private static Dump open() throws IOException {
        return Dumps.open(List.of(Samples.unpack("6.12-d1")), Warnings.NONE);
    }
}
