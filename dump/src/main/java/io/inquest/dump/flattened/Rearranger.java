package io.inquest.dump.flattened;

import io.inquest.dump.io.ByteSink;
import java.io.IOException;
import java.io.InputStream;

/// Turns a flattened stream back into the file that it describes.
public final class Rearranger {

    private Rearranger() {}

    /// Writes what `input` holds to `sink`, each record to its place. What no record covers becomes a hole.
    ///
    /// Until the end of the stream has come, a dump says that it is incomplete. A stream that ends too early
    /// throws a [FlattenedException]; the file then holds what has come, and goes on saying so.
    public static void rearrange(String name, InputStream input, ByteSink sink) throws IOException {
        UnfinishedStart start = new UnfinishedStart(sink);
        FlattenedStream.read(name, input, start::write);
        start.finish();
        sink.finish();
    }
}
