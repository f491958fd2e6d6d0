package io.inquest.kdump.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A kernel's modules and what depmod(8) found out about them.
///
/// | file              | a line                                         | says
///  |
/// |-------------------|------------------------------------------------|------------------------------------------------|
/// | `modules.dep`     | `kernel/fs/xfs/xfs.ko.xz: kernel/lib/a.ko.xz`  | needs these
///  |
/// | `modules.softdep` | `softdep btrfs pre: crc32c post: raid6`        | wants these before or after it, where they
/// are |
/// | `modules.builtin` | `kernel/fs/ext4/ext4.ko`                       | part of the kernel
///  |
/// | `modules.alias`   | `alias pci:v00001AF4d* virtio_pci`             | what else it is called, with wildcards
///  |
///
/// Names count without folder and suffix; `-` and `_` are the same.
public final class KernelModules {

    private final Path folder;
    private final Map<String, Path> files = new HashMap<>();
    private final Map<String, List<String>> needs = new HashMap<>();
    private final Map<String, List<String>> before = new HashMap<>();
    private final Map<String, List<String>> after = new HashMap<>();
    private final Set<String> builtIn = new HashSet<>();
    private final List<Alias> aliases = new ArrayList<>();

    private record Alias(String pattern, String module) {}

    private KernelModules(Path folder) {
        this.folder = folder;
    }

    /// Reads what depmod(8) wrote.
    ///
    /// @param folder such as `/lib/modules/6.12.0`
    public static KernelModules read(Path folder) throws IOException {
        if (!Files.exists(folder.resolve("modules.dep"))) {
            throw new IOException(
                    folder + ": no modules.dep, so this is no kernel's folder of modules; depmod makes one");
        }
        KernelModules modules = new KernelModules(folder);
        for (String line : modules.lines("modules.dep")) {
            modules.takeDependencies(line);
        }
        for (String line : modules.lines("modules.softdep")) {
            modules.takeSoftDependencies(line);
        }
        for (String line : modules.lines("modules.builtin")) {
            modules.builtIn.add(name(line));
        }
        for (String line : modules.lines("modules.alias")) {
            modules.takeAlias(line);
        }
        return modules;
    }

    private List<String> lines(String file) throws IOException {
        Path path = folder.resolve(file);
        return Files.exists(path) ? Inputs.lines(path) : List.of();
    }

    private void takeDependencies(String line) {
        int colon = line.indexOf(':');
        if (colon < 0) {
            return;
        }
        String module = name(line.substring(0, colon));
        files.put(module, folder.resolve(line.substring(0, colon)));
        List<String> needed = new ArrayList<>();
        for (String path : words(line.substring(colon + 1))) {
            needed.add(name(path));
        }
        needs.put(module, needed);
    }

    /// Without `pre:` or `post:`, as some modules have it, before.
    private void takeSoftDependencies(String line) {
        List<String> words = words(line);
        if (words.size() < 3 || !words.getFirst().equals("softdep")) {
            return;
        }
        String module = normal(words.get(1));
        Map<String, List<String>> side = before;
        for (String word : words.subList(2, words.size())) {
            switch (word) {
                case "pre:" -> side = before;
                case "post:" -> side = after;
                default -> side.computeIfAbsent(module, _ -> new ArrayList<>()).add(word);
            }
        }
    }

    private void takeAlias(String line) {
        List<String> words = words(line);
        if (words.size() == 3 && words.getFirst().equals("alias")) {
            aliases.add(new Alias(words.get(1), normal(words.get(2))));
        }
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        for (String word : line.trim().split("\\s+", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    private static String name(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        int suffix = file.indexOf(".ko");
        return normal(suffix < 0 ? file : file.substring(0, suffix));
    }

    private static String normal(String name) {
        return name.replace('-', '_');
    }

    public boolean isBuiltIn(String name) {
        return builtIn.contains(normal(name));
    }

    /// Whether the kernel can do what the module does, with it or by itself.
    public boolean has(String name) {
        return isBuiltIn(name) || files.containsKey(normal(name));
    }

    /// Modules that say of themselves that they serve a device.
    ///
    /// @param modalias as the device's file of that name has it
    public Set<String> serving(String modalias) {
        Set<String> serving = new LinkedHashSet<>();
        for (Alias alias : aliases) {
            if (Wildcards.match(alias.pattern, modalias)) {
                serving.add(alias.module);
            }
        }
        return serving;
    }

    /// The files of these modules and of all that they need, each once and behind what it needs. What the kernel has
    /// built in is
    /// left out.
    public List<ModuleFile> inOrder(Collection<String> names) throws IOException {
        Ordering ordering = new Ordering();
        for (String name : names) {
            if (!ordering.add(name)) {
                throw new IOException("module " + name + ": not in " + folder + ", nor built into its kernel");
            }
        }
        return List.copyOf(ordering.found.values());
    }

    /// Goes through dependencies, depth first.
    private final class Ordering {

        private final Map<String, ModuleFile> found = new LinkedHashMap<>();
        private final Set<String> seen = new HashSet<>();

        /// Whether there is such a module.
        private boolean add(String name) {
            String module = normal(name);
            if (isBuiltIn(module)) {
                return true;
            }
            Path file = files.get(module);
            if (file == null) {
                Set<String> known = serving(name);
                known.forEach(this::add);
                return !known.isEmpty();
            }
            if (seen.add(module)) {
                before.getOrDefault(module, List.of()).forEach(this::add);
                needs.getOrDefault(module, List.of()).forEach(this::add);
                found.put(module, new ModuleFile(module, file));
                after.getOrDefault(module, List.of()).forEach(this::add);
            }
            return true;
        }
    }
}
