package io.inquest.crash.debugfile;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Finds the files of modules by the names that the kernel knows them by.
final class ModuleFiles {

    private ModuleFiles() {}

    /// The files in a folder and below, by the names of their modules: `dm-mod.ko` and `dm-mod.ko.debug` are of
    /// `dm_mod`.
    static Map<String, Path> in(Path folder) throws IOException {
        Map<String, Path> files = new HashMap<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                moduleOf(file.getFileName().toString()).ifPresent(name -> files.putIfAbsent(name, file));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException refused) {
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    static Optional<String> moduleOf(String file) {
        for (String ending : new String[] {".ko", ".ko.debug"}) {
            if (file.endsWith(ending)) {
                return Optional.of(
                        file.substring(0, file.length() - ending.length()).replace('-', '_'));
            }
        }
        return Optional.empty();
    }
}
