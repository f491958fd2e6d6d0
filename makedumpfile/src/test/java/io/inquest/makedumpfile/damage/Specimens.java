package io.inquest.makedumpfile.damage;

import io.inquest.dump.Warnings;
import io.inquest.dump.codec.Compression;
import io.inquest.makedumpfile.Conversion;
import io.inquest.makedumpfile.Conversion.Form;
import io.inquest.makedumpfile.Conversion.Replacement;
import io.inquest.makedumpfile.MakedumpfileCommand;
import io.inquest.makedumpfile.Streams;
import io.inquest.makedumpfile.damage.Specimen.Origin;
import io.inquest.testkit.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The dumps that are damaged: the samples, and each of them written by Inquest in every form.
final class Specimens {

    static final List<String> SAMPLES = List.of("6.1-d31", "6.12-d1", "7.2-d23-flat");

    private static final List<String> FORMATS = List.of(
            "makedumpfile-split8of48-d31.none",
            "makedumpfile-split8of48-d31.zlib",
            "makedumpfile-split8of48-d31.lzo",
            "makedumpfile-split8of48-d31.snappy",
            "makedumpfile-split8of48-d31.zstd",
            "qemu-8MiB.zlib");

    private static final List<String> CODECS = List.of("-c", "-l", "-p", "-z");
    private static final String LEVEL = "23";

    private Specimens() {}

    /// Hears of one specimen after the other, so that few are in memory at once.
    @FunctionalInterface
    interface Visitor {
        void visit(Specimen specimen) throws IOException;
    }

    /// What other programs wrote.
    static void foreign(Visitor visitor) throws IOException {
        for (String sample : SAMPLES) {
            visitor.visit(of(sample, Origin.FOREIGN, List.of(Samples.unpack(sample))));
        }
        for (String format : FORMATS) {
            visitor.visit(of(format, Origin.FOREIGN, List.of(Samples.format(format))));
        }
    }

    /// A sample as Inquest writes it: with each codec and with none, with equal pages stored once, flattened, split, as
    /// an ELF core.
    static void ours(String sample, Path folder, Visitor visitor) throws IOException {
        String input = Samples.unpack(sample).toString();
        visitor.visit(made(sample + " none", folder, 1, "-d", LEVEL, input));
        for (String codec : CODECS) {
            visitor.visit(made(sample + " " + codec, folder, 1, codec, "-d", LEVEL, input));
        }
        visitor.visit(made(sample + " -l --dedup", folder, 1, "-l", "--dedup", "-d", LEVEL, input));
        visitor.visit(converted(sample + " ELF", folder, sample, Form.ELF));
        visitor.visit(made(
                sample + " -z --split", folder, 3, "-z", "-d", LEVEL, "--split", "--splitblock-size", "4096", input));
        visitor.visit(flattened(sample + " -c -F", folder.resolve("flattened"), "-c", "-d", LEVEL, "-F", input));
        visitor.visit(converted(sample + " flattened ELF", folder, sample, Form.FLATTENED_ELF));
    }

    private static Specimen made(String name, Path folder, int parts, String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of(words));
        List<Path> files = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            files.add(folder.resolve("part" + part));
            all.add(files.getLast().toString());
        }
        run(OutputStream.nullOutputStream(), all);
        Specimen specimen = of(name, Origin.OURS, files);
        for (Path file : files) {
            Files.delete(file);
        }
        return specimen;
    }

    private static Specimen flattened(String name, Path file, String... words) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            run(out, List.of(words));
        }
        Specimen specimen = of(name, Origin.OURS, List.of(file));
        Files.delete(file);
        return specimen;
    }

    private static Specimen converted(String name, Path folder, String sample, Form form) throws IOException {
        Path file = folder.resolve("converted");
        new Conversion(
                        List.of(Samples.unpack(sample).toString()),
                        file.toString(),
                        form,
                        Compression.NONE,
                        Replacement.REPLACE)
                .run(Warnings.NONE);
        Specimen specimen = of(name, Origin.OURS, List.of(file));
        Files.delete(file);
        return specimen;
    }

    private static Specimen of(String name, Origin origin, List<Path> files) throws IOException {
        List<byte[]> bytes = new ArrayList<>();
        for (Path file : files) {
            bytes.add(Files.readAllBytes(file));
        }
        return new Specimen(name, origin, bytes);
    }

    private static void run(OutputStream out, List<String> words) throws IOException {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = MakedumpfileCommand.run(
                words.toArray(String[]::new), new Streams(InputStream.nullInputStream(), out, err));
        if (exit != 0) {
            throw new IOException(words + ": " + err.toString(StandardCharsets.UTF_8));
        }
    }
}
