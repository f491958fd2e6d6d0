package io.inquest.capture.config.read;

import io.inquest.capture.config.Collector;
import io.inquest.makedumpfile.MakedumpfileCommand;
import io.inquest.makedumpfile.Streams;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Asks our makedumpfile whether it takes a collector's options: a mistake in them must not wait for the crash.
final class CollectorCheck {

    /// What getopt's messages begin with.
    private static final String SPEAKER = "makedumpfile: ";

    private CollectorCheck() {}

    /// What it says of options that it refuses, in one line.
    static Optional<String> complaint(Collector.Makedumpfile collector) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--check-params");
        arguments.addAll(collector.options());
        arguments.add("/proc/vmcore");
        arguments.add("vmcore");
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int exitCode = MakedumpfileCommand.run(
                arguments.toArray(new String[0]), new Streams(InputStream.nullInputStream(), said, said));
        if (exitCode == 0) {
            return Optional.empty();
        }
        String text = Words.strip(said.toString(StandardCharsets.UTF_8));
        int start = text.startsWith(SPEAKER) ? SPEAKER.length() : 0;
        int end = text.indexOf('\n');
        return Optional.of(text.substring(start, end < 0 ? text.length() : end));
    }
}
