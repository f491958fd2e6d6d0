package io.inquest.dump.format;

import io.inquest.dump.DumpException;

/// Says of a file that is no dump what it looks like, and what can be done about it.
public final class UnknownFile {

    private UnknownFile() {}

    public static DumpException of(String name, FileStart start) {
        return new DumpException(name + ": is not a crash dump of a known kind; it " + looks(start));
    }

    private static String looks(FileStart start) {
        if (start.length() == 0) {
            return "is empty";
        }
        return "begins with unknown bytes";
    }
}
