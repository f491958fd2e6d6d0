package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.io.ByteSink;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.FileSource;
import io.inquest.dump.io.LimitedSink;
import io.inquest.dump.io.NoSpaceException;
import io.inquest.dump.kdump.Reassembly;
import io.inquest.makedumpfile.message.Endings;
import io.inquest.makedumpfile.message.Progress.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `--reassemble`: makes one file of the parts of a split dump.
final class Reassembling {

    private final Run run;

    Reassembling(Run run) {
        this.run = run;
    }

    Outcome reassemble() throws IOException {
        List<String> operands = run.options().operands();
        String file = operands.getLast();
        List<ByteSource> parts = new ArrayList<>();
        long lost;
        try {
            for (String part : operands.subList(0, operands.size() - 1)) {
                parts.add(open(part));
            }
            lost = write(Reassembly.open(parts, run.messages()), file);
        } finally {
            for (ByteSource part : parts) {
                part.close();
            }
        }
        if (lost > 0) {
            run.messages()
                    .failure(
                            "makedumpfile: the parts have lost " + lost + " pages; the dump is marked as incomplete\n");
            return Outcome.FAILED;
        }
        run.messages().common(Endings.saved(List.of(file)));
        return Outcome.COMPLETED;
    }

    private static ByteSource open(String part) throws CommandFailure {
        try {
            return FileSource.open(Path.of(part));
        } catch (IOException failure) {
            throw new CommandFailure(
                    "open_dump_memory: Can't open the dump memory(" + part + "). " + CommandFailure.reason(failure));
        }
    }

    private long write(Reassembly reassembly, String file) throws IOException {
        long startedAt = run.progress().now();
        run.progress().show(Step.COPY, 0, 1, startedAt);
        try (ByteSink sink =
                limited(OutputFiles.create(file, run.options().output().overwriting()))) {
            long lost = reassembly.writeTo(sink, pages -> {});
            sink.force();
            run.progress().show(Step.COPY, 1, 1, startedAt);
            run.progress().end();
            return lost;
        } catch (NoSpaceException full) {
            throw new CommandFailure("\nCan't write the dump file(" + file + "). No space left on device");
        }
    }

    private ByteSink limited(ByteSink sink) {
        var limit = run.options().output().limitBytes();
        return limit.isPresent() ? new LimitedSink(sink, limit.getAsLong()) : sink;
    }
}
