package io.inquest.kdump.kexec;

import java.util.ArrayList;
import java.util.List;

/// The running kernel's command line for another kernel, as kexec(8) has it with `--reuse-cmdline`: without
/// what its boot loader added, and without the memory that it reserved.
public final class ReusedCommandLine {

    private ReusedCommandLine() {}

    /// The parameters of the other kernel.
    ///
    /// @param running what `/proc/cmdline` has
    /// @param more parameters to be put behind it, or nothing
    public static String of(String running, String more) {
        StringBuilder line = new StringBuilder();
        for (String word : words(running)) {
            if (!word.startsWith("BOOT_IMAGE=") && !word.startsWith("crashkernel=")) {
                line.append(line.isEmpty() ? "" : " ").append(word);
            }
        }
        return more.isEmpty() ? line.toString() : line.isEmpty() ? more : line + " " + more;
    }

    /// Split at blanks, but not at those within quotes, which stay as they are.
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (char c : line.strip().toCharArray()) {
            quoted ^= c == '"';
            if (!quoted && Character.isWhitespace(c)) {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                }
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }
}
