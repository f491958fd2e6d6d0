package io.inquest.kdump.initramfs;

import io.inquest.kdump.host.HostProgram;
import io.inquest.kdump.host.Inputs;
import io.inquest.kdump.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A Java runtime with Inquest in it, as jlink made it, in a folder:
///
/// | in it            | is                                                                                  |
/// |------------------|-------------------------------------------------------------------------------------|
/// | `jre/`           | the runtime                                                                         |
/// | `lib/`           | the C library that it needs, with its loader, and our native ones                   |
/// | `locale/`        | C.UTF-8, for names of files that are not ASCII                                      |
/// | `flags`          | options of the JVM                                                                  |
/// | `main`           | the program, as `java -m` takes it                                                  |
/// | `aot/capture.aot`| what it recorded in a training run, if there was one                                |
public final class RuntimeFolder {

    private static final String JAVA = "jre/bin/java";

    private final Path folder;

    private RuntimeFolder(Path folder) {
        this.folder = folder;
    }

    public static RuntimeFolder of(Path folder) throws IOException {
        for (String needed : List.of(JAVA, "lib", "flags", "main")) {
            if (!Files.exists(folder.resolve(needed))) {
                throw new IOException(folder + ": no " + needed + " in it, so this is no runtime for a capture kernel");
            }
        }
        return new RuntimeFolder(folder);
    }

    /// The command line that starts it where the image has it.
    List<String> command() throws IOException {
        String home = Plan.RuntimeImage.FOLDER;
        List<String> words = new ArrayList<>();
        words.add(home + "/" + JAVA);
        words.addAll(words("flags"));
        words.add("-Dinquest.lib=" + home + "/lib");
        if (Files.exists(folder.resolve("aot/capture.aot"))) {
            words.add("-XX:AOTCache=" + home + "/aot/capture.aot");
        }
        words.add("-m");
        words.addAll(words("main"));
        return words;
    }

    private List<String> words(String file) throws IOException {
        List<String> words = new ArrayList<>();
        for (String word : String.join(" ", Inputs.lines(folder.resolve(file))).split(" ", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    /// Where the kernel looks for the loader of programs that are linked as `java` is, which is below `lib` here.
    Archive loader() throws IOException {
        Archive archive = new Archive();
        Path java = folder.resolve(JAVA);
        String interpreter = ElfInterpreter.of(Inputs.bytes(java), java.toString())
                .orElseThrow(() -> new IOException(java + ": no 64-bit ELF program that names its loader"));
        String name = interpreter.substring(interpreter.lastIndexOf('/') + 1);
        archive.link(interpreter, Plan.RuntimeImage.FOLDER + "/lib/" + name);
        return archive;
    }

    /// All that is in it, as an archive has it.
    Archive archive() throws IOException {
        Archive archive = new Archive();
        archive.hostFolder(Plan.RuntimeImage.FOLDER, folder);
        return archive;
    }

    /// Makes one file of it, packed by blocks, which the capture kernel reads as it needs them.
    void squash(Path file, String compressor) throws IOException {
        List<String> words =
                new ArrayList<>(List.of("mksquashfs", folder.toString(), file.toString(), "-comp", compressor));
        if (compressor.equals("zstd")) {
            words.addAll(List.of("-Xcompression-level", "19"));
        }
        words.addAll(List.of("-no-xattrs", "-all-root", "-noappend", "-no-progress", "-quiet", "-all-time", "0"));
        words.addAll(List.of("-mkfs-time", "0"));
        new HostProgram(words).run();
    }
}
