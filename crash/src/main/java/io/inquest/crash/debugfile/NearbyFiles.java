package io.inquest.crash.debugfile;

import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.FileSource;
import io.inquest.kernel.dwarf.SupplementaryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The files that a debug file names: looked for by their names, then beside it.
final class NearbyFiles implements SupplementaryFiles {

    private static final Path USUAL = Path.of("/usr/lib/debug");

    private final Path debugFile;
    private final List<Path> directories;

    NearbyFiles(Path debugFile, List<Path> directories) {
        this.debugFile = debugFile.toAbsolutePath();
        this.directories = directories;
    }

    @Override
    public Optional<ByteSource> alternate(String name, String buildId) throws IOException {
        List<Path> places = new ArrayList<>();
        addSibling(places, name);
        List<Path> roots = new ArrayList<>(directories);
        roots.add(USUAL);
        for (Path root : roots) {
            if (buildId.length() > 2) {
                places.add(root.resolve(".build-id")
                        .resolve(buildId.substring(0, 2))
                        .resolve(buildId.substring(2) + ".debug"));
            }
            addSibling(places, root + "/.dwz/" + lastPart(name));
        }
        addSibling(places, lastPart(name));
        return first(places);
    }

    @Override
    public Optional<ByteSource> split(String directory, String name) throws IOException {
        List<Path> places = new ArrayList<>();
        addSibling(places, directory.isEmpty() ? name : directory + "/" + name);
        addSibling(places, name);
        addSibling(places, lastPart(name));
        return first(places);
    }

    @Override
    public Optional<ByteSource> splitPackage() throws IOException {
        return first(List.of(Path.of(debugFile + ".dwp")));
    }

    /// A name in a debug file may be no path at all.
    private void addSibling(List<Path> places, String name) {
        try {
            places.add(debugFile.resolveSibling(name));
        } catch (InvalidPathException noPath) {
            // Then it is not there either.
        }
    }

    private static String lastPart(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private static Optional<ByteSource> first(List<Path> places) throws IOException {
        for (Path place : places) {
            if (Files.isRegularFile(place) && Files.isReadable(place)) {
                return Optional.of(FileSource.open(place));
            }
        }
        return Optional.empty();
    }
}
