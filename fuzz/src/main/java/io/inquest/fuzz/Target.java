package io.inquest.fuzz;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// One reader of outside bytes.
///
/// @param name on the command line of `fuzz/run`
/// @param seeds good input, to begin from
/// @param reader reads an input as its users do, and asks all that they may ask of the answer
/// @param told exceptions that the reader documents, beside [DumpException] and [MemoryFault]
/// @param scratchBytes what it may allocate whatever the size of the input, garbage included
/// @param shortInputs how many inputs the short form of `fuzz/run` gives it: those of some five seconds
record Target(
        String name,
        Seeds seeds,
        Reader reader,
        Set<Class<? extends Exception>> told,
        long scratchBytes,
        int shortInputs) {

    private static final long SCRATCH_BYTES = 64L << 20;
    private static final int SHORT_INPUTS = 40_000;

    /// Makes good input.
    @FunctionalInterface
    interface Seeds {
        List<byte[]> make() throws IOException;
    }

    /// Reads an input, good or broken.
    @FunctionalInterface
    interface Reader {
        void read(byte[] input) throws Exception;
    }

    Target(String name, Seeds seeds, Reader reader) {
        this(name, seeds, reader, Set.of());
    }

    Target(String name, Seeds seeds, Reader reader, Set<Class<? extends Exception>> told) {
        this(name, seeds, reader, told, SCRATCH_BYTES, SHORT_INPUTS);
    }

    /// The same with other scratch bytes.
    Target scratch(long bytes) {
        return new Target(name, seeds, reader, told, bytes, shortInputs);
    }

    /// The same with another number of inputs in the short form.
    Target shortInputs(int inputs) {
        return new Target(name, seeds, reader, told, scratchBytes, inputs);
    }

    /// Whether an exception is the reader's way to say that its input is broken.
    boolean tells(Exception exception) {
        return exception instanceof DumpException
                || exception instanceof MemoryFault
                || told.contains(exception.getClass());
    }
}
