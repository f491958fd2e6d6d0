package io.inquest.benchmarks;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/// Results as a Markdown table: nanoseconds for each page or frame, of the fastest iteration, of the median one and of
/// the slowest. On a quiet machine they are about the same; the busier it is, the more only the first says.
final class ResultTable {

    private static final String HEAD = """
            | benchmark | with | best ns | median | worst |
            | --- | --- | ---: | ---: | ---: |
            """;

    private ResultTable() {}

    static String of(Collection<RunResult> results) {
        StringBuilder table = new StringBuilder(HEAD);
        for (RunResult result : results) {
            Statistics times = result.getPrimaryResult().getStatistics();
            table.append("| `").append(name(result.getParams())).append("` | ");
            table.append(parameters(result.getParams())).append(" | ");
            table.append(threeDigits(times.getMin())).append(" | ");
            table.append(threeDigits(times.getPercentile(50))).append(" | ");
            table.append(threeDigits(times.getMax())).append(" |\n");
        }
        return table.toString();
    }

    /// Class and method, without the package.
    private static String name(BenchmarkParams benchmark) {
        String name = benchmark.getBenchmark();
        int method = name.lastIndexOf('.');
        return name.substring(name.lastIndexOf('.', method - 1) + 1).replace("Benchmark.", ".");
    }

    private static String parameters(BenchmarkParams benchmark) {
        StringBuilder text = new StringBuilder();
        for (String key : benchmark.getParamsKeys()) {
            text.append(text.isEmpty() ? "" : ", ").append(key).append(' ').append(benchmark.getParam(key));
        }
        return text.toString();
    }

    private static String threeDigits(double value) {
        return new BigDecimal(value).round(new MathContext(3)).toPlainString();
    }
}
