package io.inquest.kernel.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.Kernel;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tasks of real dumps, judged by `/proc` of the live kernel and by crash.
final class SampleTasksTest {

    /// `/proc/PID/task/TID/status` by thread number, as key and value.
    private static Map<Integer, Map<String, String>> status(Path truth) throws IOException {
        Map<Integer, Map<String, String>> threads = new HashMap<>();
        Map<String, String> current = new HashMap<>();
        for (String line : Files.readAllLines(truth.resolve("tasks-status.txt"))) {
            if (line.startsWith("==> ")) {
                current = new HashMap<>();
                threads.put(Integer.parseInt(line.split("/", -1)[4]), current);
            } else if (line.contains(":\t")) {
                current.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(":\t") + 2));
            }
        }
        return threads;
    }

    /// Threads come and go between the saved view and the panic; the shell that saved it, and the panic's own.
    @ParameterizedTest
    @CsvSource({"6.1-d31, 2", "6.12-d1, 2", "7.2-d23-flat, 2"})
    void tasksAreThoseOfTheLiveKernel(String sample, int ended) throws IOException {
        Map<Integer, Map<String, String>> truth = status(Samples.truth(sample));
        try (Kernel kernel = Kernel.open(Samples.unpack(sample))) {
            List<String> wrong = new ArrayList<>();
            TreeSet<Integer> missing = new TreeSet<>(truth.keySet());
            for (Task task : kernel.tasks()) {
                missing.remove(task.pid());
                Map<String, String> expected = truth.get(task.pid());
                if (expected != null && !agrees(task, expected)) {
                    wrong.add(task.pid() + " " + task.comm() + " " + task.state() + " is not " + expected);
                }
            }
            assertThat(wrong).isEmpty();
            assertThat(missing).hasSizeLessThanOrEqualTo(ended);
            assertThat(kernel.tasks().end().isComplete()).isTrue();
            assertThat(kernel.tasks().withPid(1).orElseThrow().comm()).isEqualTo("init");
        }
    }

    /// What cannot change; the state of tasks that wait for good.
    private static boolean agrees(Task task, Map<String, String> status) {
        String state = status.getOrDefault("State", "");
        boolean stays = state.startsWith("T") || state.startsWith("Z") || state.startsWith("D");
        boolean kernelThread = !status.containsKey("VmSize");
        return task.tgid() == Integer.parseInt(status.getOrDefault("Tgid", "-1"))
                && (!stays || state.startsWith(task.state().letter() + " "))
                && task.parent().map(Task::tgid).orElse(0) == Integer.parseInt(status.getOrDefault("PPid", "-1"))
                && (task.isKernelThread() == kernelThread || state.startsWith("Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void cpusTellWhatRanAndWhichDied(String sample) throws IOException {
        try (Kernel kernel = Kernel.open(Samples.unpack(sample))) {
            Cpus cpus = kernel.cpus();
            assertThat(cpus.online()).hasSize(2);
            for (Cpu cpu : cpus.online()) {
                CpuRegisters saved = cpu.registers().orElseThrow();
                assertThat(saved.source()).isEqualTo("crash_notes");
                assertThat(saved.pid()).isEqualTo(cpu.current().pid());
                assertThat(cpu.idle().comm()).isEqualTo("swapper/" + cpu.number());
                assertThat(cpu.current().isOnCpu()).isTrue();
            }
            assertThat(cpus.dying().orElseThrow().source()).isEqualTo("panic_cpu");
            assertThat(cpus.dying().orElseThrow().cpu().current().pid()).isEqualTo(1);
        }
    }
}
