package io.inquest.capture.storage.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Runs scripts at the far side. A connection that breaks is an [IOException], and so is a script that fails.
interface RemoteShell {

    /// Runs a script with `input`, and takes what it prints.
    String run(String script, byte[] input) throws IOException;

    /// Runs a script, and sends what it prints to `out`.
    void read(String script, OutputStream out) throws IOException;

    /// Starts a script that takes input for as long as there is some.
    Upload upload(String script) throws IOException;

    /// Runs a script without input.
    default String run(String script) throws IOException {
        return run(script, new byte[0]);
    }

    /// The input of a script that runs.
    interface Upload {

        void write(byte[] bytes, int from, int count) throws IOException;

        /// Ends the input, and waits until the script succeeds.
        void finish() throws IOException;

        /// Ends the connection, whatever is under way.
        void abort();
    }

    /// The text of a script's output.
    static String text(byte[] printed) {
        return new String(printed, StandardCharsets.UTF_8).strip();
    }
}
