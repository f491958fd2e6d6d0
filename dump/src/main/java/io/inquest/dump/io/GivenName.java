package io.inquest.dump.io;

import io.inquest.dump.DumpException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// The name of a file as a user gave it, on a command line or in a command.
///
/// Java has no names of bytes: it reads them in the encoding of the locale, and opens only what comes out as the
/// same bytes again. With the locale `C` that is ASCII, else mostly UTF-8. Bytes that mean nothing in it come as
/// U+FFFD, and are lost.
public final class GivenName {

    private static final char UNREADABLE = '\ufffd';

    private GivenName() {}

    /// The file of that name. Throws for a name that Java would take for another one, or for none at all; a
    /// file that has U+FFFD in its own name is none of those.
    public static Path path(String name) throws DumpException {
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException notOfLocale) {
            throw new DumpException(
                    name.indexOf('\0') >= 0
                            ? name + ": no file has a NUL character in its name"
                            : name + ": this locale has no such characters, so that Java cannot open a file of that"
                                    + " name; set LC_ALL=C.UTF-8");
        }
        if (name.indexOf(UNREADABLE) >= 0 && !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new DumpException(name + ": the name is not UTF-8, and Java opens no such file; give it another name,"
                    + " or, to read it, a link to it or /dev/fd/3 with 3<FILE behind it");
        }
        return path;
    }
}
