package io.inquest.makedumpfile.pipeline;

import io.inquest.makedumpfile.message.Messages;
import io.inquest.makedumpfile.option.Options;
import java.io.InputStream;
import java.io.OutputStream;

/// Does what the options ask for, and tells failures in makedumpfile's words.
public final class Work {

    private Work() {}

    public static Outcome run(Options options, InputStream in, OutputStream out, Messages messages) {
        messages.error("makedumpfile: not there yet\n");
        return Outcome.FAILED;
    }
}
