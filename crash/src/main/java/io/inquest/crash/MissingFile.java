package io.inquest.crash;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Says what is missing where a file cannot be opened: the file, or the folder that it should lie in.
public final class MissingFile {

    private MissingFile() {}

    /// A sentence that begins with the file's name.
    public static String sentence(NoSuchFileException missing) {
        String file = missing.getFile();
        Path folder = Path.of(file).toAbsolutePath().getParent();
        return folder == null || Files.isDirectory(folder)
                ? file + ": there is no such file"
                : file + ": there is no folder " + folder;
    }
}
