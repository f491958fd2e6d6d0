package io.inquest.makedumpfile;

/// Entry of makedumpfile(8).
public final class Makedumpfile {

    private Makedumpfile() {}

    public static void main(String[] args) {
        ProcessEnd.with(MakedumpfileCommand.run(args, Streams.ofProcess()));
    }
}
