package io.inquest.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The command behind `fuzz/run`: lists the targets, with the number of inputs of the short form, writes the seeds of
/// one, or repeats a saved input.
public final class Main {

    private Main() {}

    /// `list`, `short`, `seeds TARGET FOLDER` or `repeat TARGET FILE`.
    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "list" -> Targets.all().forEach(target -> System.out.println(target.name()));
            case "short" ->
                Targets.all().forEach(target -> System.out.println(target.name() + " " + target.shortInputs()));
            case "seeds" -> writeSeeds(Targets.named(args[1]), Path.of(args[2]));
            case "repeat" -> new Watch(Targets.named(args[1])).read(Files.readAllBytes(Path.of(args[2])));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void writeSeeds(Target target, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<byte[]> seeds = target.seeds().make();
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(folder.resolve("seed-" + i), seeds.get(i));
        }
    }
}
