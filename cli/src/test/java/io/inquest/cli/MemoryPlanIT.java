package io.inquest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `--memory-plan` promises, beside the most that a real run had resident.
final class MemoryPlanIT {

    private static final String MAKEDUMPFILE =
            Launched.project().resolve("bin/makedumpfile").toString();

    private static final Pattern TOTAL = Pattern.compile("\"totalBytes\":(\\d+)");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-d 31",
                "-c -d 0",
                "-l -d 1",
                "-l --adaptive -d 1",
                "-p -d 31",
                "-z -d 1 --dedup",
                "-c --deflate-level 12 -d 31",
                "--low-memory -z -d 1 --dedup",
                "--low-memory -c -d 31",
                "-l -d 31 --num-threads 8"
            })
    void noRunTakesMore(String options) throws Exception {
        Path sample = Samples.unpack("6.12-d1");
        List<String> run = command(options);
        run.add(sample.toString());
        run.add(folder.resolve("out").toString());
        assertThat(peakBytes(run)).isLessThanOrEqualTo(planned(options));
    }

    private long planned(String options) throws Exception {
        List<String> plan = command(options);
        plan.addAll(List.of("--json", "--memory-plan", "158M"));
        Matcher total = TOTAL.matcher(Launched.run(folder, Map.of(), plan).out());
        assertThat(total.find()).isTrue();
        return Long.parseLong(total.group(1));
    }

    private static List<String> command(String options) {
        List<String> words = new ArrayList<>(List.of(MAKEDUMPFILE));
        words.addAll(List.of(options.split(" ")));
        return words;
    }

    /// The most that was resident, asked for until the process is gone: what comes after the last answer is the end of
    /// the JVM, which takes no memory.
    private long peakBytes(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile());
        builder.environment().put("INQUEST_NO_BUILD", "1");
        Process process = builder.start();
        process.getOutputStream().close();
        long peak = 0;
        while (!process.waitFor(2, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, residentPeak(process.pid()));
        }
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("said")))
                .isZero();
        assertThat(peak).isPositive();
        return peak;
    }

    private static long residentPeak(long pid) {
        try {
            Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
            return peak.find() ? Long.parseLong(peak.group(1)) << 10 : 0;
        } catch (IOException gone) {
            return 0;
        }
    }
}
