package io.inquest.capture;

import io.inquest.makedumpfile.ProcessEnd;
import io.inquest.makedumpfile.Streams;

/// Entry of `inquest capture` where there is no more of Inquest than a capture kernel needs.
public final class Capture {

    private Capture() {}

    public static void main(String[] args) {
        ProcessEnd.with(CaptureCommand.run(args, Streams.ofProcess()));
    }
}
