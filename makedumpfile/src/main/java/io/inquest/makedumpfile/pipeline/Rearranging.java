package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.flattened.FlattenedException;
import io.inquest.dump.flattened.Rearranger;
import io.inquest.dump.io.ByteSink;
import io.inquest.dump.io.NoSpaceException;
import io.inquest.makedumpfile.message.Endings;
import java.io.IOException;
import java.util.List;

/// `-R`: makes a normal file of a flattened stream from standard input.
final class Rearranging {

    private final Run run;

    Rearranging(Run run) {
        this.run = run;
    }

    Outcome rearrange() throws IOException {
        String file = run.options().operands().get(0);
        var overwriting = run.options().output().overwriting();
        try (ByteSink sink = OutputFiles.create(file, overwriting)) {
            Rearranger.rearrange("STDIN", run.stdin(), sink);
            sink.force();
        } catch (FlattenedException broken) {
            throw new CommandFailure("rearrange_dumpdata: " + broken.getMessage());
        } catch (NoSpaceException full) {
            throw new CommandFailure("\nCan't write the dump file(" + file + "). No space left on device");
        }
        run.messages().common(Endings.saved(List.of(file)));
        return Outcome.COMPLETED;
    }
}
