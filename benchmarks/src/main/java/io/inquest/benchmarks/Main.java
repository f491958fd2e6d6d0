package io.inquest.benchmarks;

import io.inquest.dump.codec.Codecs;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs benchmarks as JMH's own command does, for a shorter time, and prints a table; progress goes to standard error.
final class Main {

    /// Many short iterations rather than few long ones: on a busy machine some of them are not disturbed.
    private static final TimeValue MEASUREMENT = TimeValue.milliseconds(20);

    private static final int MEASUREMENTS = 100;
    private static final TimeValue WARMUP = TimeValue.seconds(1);
    private static final int WARMUPS = 3;

    private Main() {}

    public static void main(String[] arguments) throws CommandLineOptionException, RunnerException {
        CommandLineOptions chosen = new CommandLineOptions(arguments);
        PrintStream progress = System.err;
        Runner runner = new Runner(
                options(chosen),
                OutputFormatFactory.createFormatInstance(
                        progress, chosen.verbosity().orElse(VerboseMode.NORMAL)));
        if (chosen.shouldList()) {
            runner.list();
        } else {
            String table = ResultTable.of(runner.run());
            System.out.println(
                    "- JVM: " + Runtime.version() + "; " + Codecs.describe().getFirst() + "\n");
            System.out.print(table);
        }
    }

    private static Options options(CommandLineOptions chosen) {
        return new OptionsBuilder()
                .parent(chosen)
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(chosen.getForkCount().orElse(1))
                .warmupIterations(chosen.getWarmupIterations().orElse(WARMUPS))
                .warmupTime(chosen.getWarmupTime().orElse(WARMUP))
                .measurementIterations(chosen.getMeasurementIterations().orElse(MEASUREMENTS))
                .measurementTime(chosen.getMeasurementTime().orElse(MEASUREMENT))
                .build();
    }
}
