package io.inquest.crash;

import static io.inquest.crash.CrashAnswers.labelled;
import static io.inquest.crash.CrashAnswers.rows;
import static io.inquest.crash.CrashAnswers.stacks;
import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.CrashAnswers.Stack;
import io.inquest.kernel.symbol.Symbol;
import io.inquest.kernel.symbol.SymbolTable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Our answers on the bundled dumps, without debug information, beside those that crash 9.0.2 gave with it.
final class SamplesAgainstCrashTest {

    @ParameterizedTest
    @ValueSource(strings = {"6.12-d1", "6.1-d31"})
    void sysSaysWhatCrashSays(String sample) throws IOException {
        Map<String, String> ours = labelled(Asked.of(sample, "sys").out());
        Map<String, String> peers = new TreeMap<>(labelled(Asked.crash(sample, "sys.txt")));
        ours.remove("KERNEL");
        peers.remove("KERNEL");
        ours.put("DUMPFILE", ours.getOrDefault("DUMPFILE", "").replace("vmcore.sample", ""));
        peers.put("DUMPFILE", peers.getOrDefault("DUMPFILE", "").replace("vmcore.sample", ""));
        // Crash takes HZ for 1000 where there is no copy of the configuration, and jiffies for milliseconds.
        assertThat(ours.remove("UPTIME")).isEqualTo("00:00:" + lastSecondOfLog(sample));
        peers.remove("UPTIME");
        assertThat(ours).containsAllEntriesOf(peers);
    }

    private static String lastSecondOfLog(String sample) throws IOException {
        String last = Asked.crash(sample, "log.txt")
                .lines()
                .reduce((before, line) -> line)
                .orElseThrow();
        return last.substring(1, last.indexOf('.')).strip();
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.12-d1", "6.1-d31"})
    void psListsTheSameTasks(String sample) throws IOException {
        assertThat(tasks(Asked.of(sample, "ps").out())).isEqualTo(tasks(Asked.crash(sample, "ps.txt")));
        assertThat(tasks(Asked.of(sample, "ps -k").out())).isEqualTo(tasks(Asked.crash(sample, "ps-k.txt")));
    }

    /// Two processes share an address space after vfork: crash adds only the pages that the threads of one have
    /// counted.
    private static List<List<String>> tasks(String answer) {
        return rows(answer).stream()
                .map(row -> row.getLast().equals("iq-vfork") ? row.subList(0, 5) : row)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.12-d1", "6.1-d31"})
    void modListsTheSameModules(String sample) throws IOException {
        assertThat(Asked.of(sample, "mod").out()).isEqualTo(Asked.crash(sample, "mod.txt"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.12-d1", "6.1-d31"})
    void runqShowsTheSameQueues(String sample) throws IOException {
        assertThat(Asked.of(sample, "runq").out().strip())
                .isEqualTo(Asked.crash(sample, "runq.txt").strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.12-d1", "6.1-d31"})
    void theLogIsTheSame(String sample) throws IOException {
        assertThat(Asked.of(sample, "log").out()).isEqualTo(Asked.crash(sample, "log.txt"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.12-d1", "6.1-d31"})
    void stacksOfTheCpusAreTheSame(String sample) throws IOException {
        Map<String, Stack> ours = stacks(Asked.of(sample, "bt -a").out());
        assertThat(ours).isEqualTo(stacks(Asked.crash(sample, "bt-a.txt")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.12-d1", "6.1-d31"})
    void systemCallsAreTheSame(String sample) throws IOException {
        List<List<String>> ours = rows(Asked.of(sample, "sys -c").out());
        List<List<String>> peers = rows(Asked.crash(sample, "sys-c.txt"));
        assertThat(ours).hasSameSizeAs(peers);
        for (int i = 0; i < ours.size(); i++) {
            // Of several functions at one address crash shows now one, now another; source lines need debug
            // information.
            assertThat(ours.get(i).getFirst()).isEqualTo(peers.get(i).getFirst());
            assertThat(addressOf(sample, ours.get(i).get(1)))
                    .isEqualTo(addressOf(sample, peers.get(i).get(1)));
        }
    }

    private static long addressOf(String sample, String symbol) throws IOException {
        return Asked.kernel(sample).symbols().address(symbol).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.12-d1", "6.1-d31"})
    void stacksOfAllTasksAreTheSame(String sample) throws IOException {
        Map<String, Stack> ours =
                withFirstNames(sample, stacks(Asked.of(sample, "foreach bt").out()));
        assertThat(ours).isEqualTo(withFirstNames(sample, stacks(Asked.crash(sample, "foreach-bt.txt"))));
    }

    /// Of several functions at one address we show the one that the kernel itself shows, crash another: both become the
    /// first in the order of their names.
    private static Map<String, Stack> withFirstNames(String sample, Map<String, Stack> stacks) throws IOException {
        SymbolTable symbols = Asked.kernel(sample).symbols().core();
        for (Stack stack : stacks.values()) {
            stack.frames().replaceAll(frame -> withFirstName(symbols, frame));
        }
        return stacks;
    }

    private static String withFirstName(SymbolTable symbols, String frame) {
        int at = frame.indexOf(" at ");
        long address = Long.parseUnsignedLong(frame.substring(at + 4).split(" ", -1)[0], 16);
        List<String> names = symbols.at(address - 1).stream()
                .map(place -> place.symbol().address())
                .flatMap(start -> symbols.between(start, start + 1))
                .map(Symbol::name)
                .sorted()
                .toList();
        return names.contains(frame.substring(0, at)) ? names.getFirst() + frame.substring(at) : frame;
    }
}
