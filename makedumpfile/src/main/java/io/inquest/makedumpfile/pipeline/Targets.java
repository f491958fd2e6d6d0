package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.io.ByteSink;
import io.inquest.dump.io.DiscardingSink;
import io.inquest.dump.io.FlattenedSink;
import io.inquest.dump.io.LimitedSink;
import io.inquest.dump.io.WriteBehindSink;
import io.inquest.makedumpfile.option.Options;
import io.inquest.makedumpfile.option.Options.PackedPart;
import io.inquest.makedumpfile.option.Options.Transport;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// The places that one attempt writes to.
final class Targets implements Closeable {

    private final List<ByteSink> sinks = new ArrayList<>();

    private Targets() {}

    /// Makes what the options name. Files of an earlier attempt are made anew.
    static Targets open(Options options, List<String> files, OutputStream stdout, int attempt) throws IOException {
        Targets targets = new Targets();
        try {
            if (options.output().transport() == Transport.FLATTENED) {
                targets.sinks.add(flattened(options, Channels.newChannel(stdout)));
                return targets;
            }
            if (options.output().transport() == Transport.FLATTENED_FILE) {
                String file = files.getFirst();
                targets.sinks.add(new FlattenedSink(
                        file, OutputFiles.stream(file, options.output().overwriting())));
                return targets;
            }
            for (String file : files) {
                ByteSink sink = sink(options, file, attempt);
                OptionalLong limit = options.output().limitBytes();
                targets.sinks.add(limit.isPresent() ? new LimitedSink(sink, limit.getAsLong()) : sink);
            }
            return targets;
        } catch (IOException | RuntimeException failure) {
            targets.close();
            throw failure;
        }
    }

    private static ByteSink sink(Options options, String file, int attempt) throws IOException {
        if (options.output().transport() == Transport.NOWHERE) {
            return new DiscardingSink(file);
        }
        if (attempt > 0) {
            OutputFiles.delete(file);
        }
        ByteSink sink = OutputFiles.create(file, options.output().overwriting());
        boolean adapts = options.output().packedPart() == PackedPart.AS_TIME_ALLOWS;
        return adapts && isFile(file) ? new WriteBehindSink(sink) : sink;
    }

    /// What is no file, but for block devices, need not know of forcing.
    private static boolean isFile(String file) {
        return Files.isRegularFile(Path.of(file));
    }

    /// A stream that goes nowhere, to find out whether it would fit.
    static Targets rehearsal(Options options) throws IOException {
        Targets targets = new Targets();
        targets.sinks.add(flattened(options, Channels.newChannel(OutputStream.nullOutputStream())));
        return targets;
    }

    private static ByteSink flattened(Options options, WritableByteChannel channel) throws IOException {
        OptionalLong limit = options.output().limitBytes();
        return limit.isPresent()
                ? new FlattenedSink(Creation.STDOUT, channel, limit.getAsLong())
                : new FlattenedSink(Creation.STDOUT, channel);
    }

    List<ByteSink> sinks() {
        return sinks;
    }

    /// Makes all that was written durable.
    void force() throws IOException {
        for (ByteSink sink : sinks) {
            sink.force();
        }
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (ByteSink sink : sinks) {
            try {
                sink.close();
            } catch (IOException failed) {
                failure = failed;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
