package io.inquest.makedumpfile.message;

import java.util.List;

/// The last lines of a run.
public final class Endings {

    private Endings() {}

    /// What is said when the dump is there.
    public static String saved(List<String> files) {
        if (files.size() == 1) {
            return "\nThe dumpfile is saved to " + files.get(0) + ".\n";
        }
        StringBuilder text = new StringBuilder("\nThe dumpfiles are saved to ");
        for (int i = 0; i < files.size() - 1; i++) {
            text.append(files.get(i)).append(", ");
        }
        return text.append("and ").append(files.getLast()).append(".\n").toString();
    }

    /// What is said when the file of `-g` is there.
    public static String vmcoreinfoSaved(String file) {
        return "\nThe vmcoreinfo is saved to " + file + ".\n";
    }

    /// What is said when the kernel's log is there.
    public static String logSaved(String file) {
        return "\nThe dmesg log is saved to " + file + ".\n";
    }
}
