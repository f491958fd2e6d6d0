package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.io.ByteSink;
import io.inquest.dump.io.DiscardingSink;
import io.inquest.dump.io.FileSink;
import io.inquest.dump.io.FlattenedSink;
import io.inquest.dump.io.LimitedSink;
import io.inquest.dump.io.WriteBehindSink;
import io.inquest.makedumpfile.option.Options;
import io.inquest.makedumpfile.option.Options.PackedPart;
import io.inquest.makedumpfile.option.Options.Transport;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The places that one attempt writes to.
final class Targets implements Closeable {

    private static final Path STDOUT_PLACE = Path.of("/proc/self/fd/1");

    private final List<ByteSink> sinks = new ArrayList<>();

    private Targets() {}

    /// Makes what the options name. Files of an earlier attempt are made anew.
    static Targets open(Options options, List<String> files, OutputStream stdout, int attempt) throws IOException {
        Targets targets = new Targets();
        try {
            if (options.output().transport() == Transport.FLATTENED) {
                FlattenedSink sink = flattened(options, Channels.newChannel(stdout), place(stdout));
                targets.sinks.add(adapts(options) && sink.isDurable() ? new WriteBehindSink(sink) : sink);
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
        FileSink sink = OutputFiles.create(file, options.output().overwriting());
        return adapts(options) && sink.isDurable() ? new WriteBehindSink(sink) : sink;
    }

    private static boolean adapts(Options options) {
        return options.output().packedPart() == PackedPart.AS_TIME_ALLOWS;
    }

    /// A name of what standard output of the process leads to.
    private static Optional<Path> place(OutputStream stdout) throws IOException {
        boolean isOfProcess = stdout instanceof FileOutputStream file && file.getFD() == FileDescriptor.out;
        return isOfProcess ? Optional.of(STDOUT_PLACE) : Optional.empty();
    }

    /// A stream that goes nowhere, to find out whether it would fit. With `--adaptive` it is packed
    /// otherwise than the real one, but only where that fits whatever is packed ([TargetRoom]).
    static Targets rehearsal(Options options) throws IOException {
        Targets targets = new Targets();
        WritableByteChannel nowhere = Channels.newChannel(OutputStream.nullOutputStream());
        targets.sinks.add(flattened(options, nowhere, Optional.empty()));
        return targets;
    }

    private static FlattenedSink flattened(Options options, WritableByteChannel channel, Optional<Path> place)
            throws IOException {
        long mostBytes = options.output().limitBytes().orElse(Long.MAX_VALUE);
        return new FlattenedSink(Creation.STDOUT, channel, mostBytes, place);
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
