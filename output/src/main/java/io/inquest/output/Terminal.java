package io.inquest.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What is known of the terminal behind an output stream, without asking it and without starting a process.
public final class Terminal {

    private static final int USUAL_COLUMNS = 80;
    private static final int NARROWEST = 40;
    private static final int WIDEST = 500;

    private Terminal() {}

    public static boolean isStandardInput() {
        return isTerminal(Path.of("/proc/self/fd/0"));
    }

    public static boolean isStandardOutput() {
        return isTerminal(Path.of("/proc/self/fd/1"));
    }

    public static boolean isStandardError() {
        return isTerminal(Path.of("/proc/self/fd/2"));
    }

    /// The width the shell tells, else the usual one.
    public static int columns() {
        String told = System.getenv("COLUMNS");
        if (told == null || told.isEmpty()) {
            return USUAL_COLUMNS;
        }
        try {
            return Math.clamp(Integer.parseInt(told), NARROWEST, WIDEST);
        } catch (NumberFormatException e) {
            return USUAL_COLUMNS;
        }
    }

    /// On Linux the link names what the descriptor leads to. Elsewhere, and with no /proc, the answer is no: then
    /// there are plain lines instead of a bar.
    static boolean isTerminal(Path descriptor) {
        try {
            String leadsTo = Files.readSymbolicLink(descriptor).toString();
            return leadsTo.startsWith("/dev/pts/") || leadsTo.startsWith("/dev/tty") || leadsTo.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
