package io.inquest.kernel.dwarf;

/// A place in a source file.
///
/// @param file path as the compiler wrote it, often relative to `directory`
/// @param directory where the compiler ran, empty if it does not tell
/// @param line 1 for the first one; 0 where no line of the source led to the code
/// @param column 0 where unknown
public record SourceLine(String file, String directory, int line, int column) {

    /// The file by its whole path, as far as it is known.
    public String path() {
        return directory.isEmpty() || file.startsWith("/") ? file : directory + "/" + file;
    }

    /// `file:line`, and the column where it is known.
    @Override
    public String toString() {
        return file + ":" + line + (column == 0 ? "" : ":" + column);
    }
}
