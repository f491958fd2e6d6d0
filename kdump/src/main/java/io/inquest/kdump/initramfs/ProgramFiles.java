package io.inquest.kdump.initramfs;

import io.inquest.kdump.host.HostProgram;
import io.inquest.kdump.host.Inputs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Programs of the host in an archive, under their own names and with all that they need to start: a script its
/// interpreter, a
/// program its loader and libraries, which the loader itself lists.
final class ProgramFiles {

    private final Archive archive;
    private final Set<String> known = new HashSet<>();

    ProgramFiles(Archive archive) {
        this.archive = archive;
    }

    void add(String path) throws IOException {
        Path file = Path.of(path);
        if (!known.add(path)) {
            return;
        }
        if (!file.isAbsolute() || !Files.isRegularFile(file) || !Files.isExecutable(file)) {
            throw new IOException(
                    path + ": is no program of this machine; hooks and extra_bins are given by their whole paths");
        }
        archive.file(path, 0755, file);
        byte[] program = Inputs.bytes(file);
        if (program.length > 2 && program[0] == '#' && program[1] == '!') {
            add(interpreterOfScript(program));
            return;
        }
        Optional<String> loader = ElfInterpreter.of(program, path);
        if (loader.isPresent()) {
            archive.file(loader.get(), 0755, Path.of(loader.get()));
            addLibraries(new HostProgram(loader.get(), "--list", path).output());
        }
    }

    private static String interpreterOfScript(byte[] script) {
        String line = new String(script, StandardCharsets.ISO_8859_1)
                .lines()
                .findFirst()
                .orElse("");
        String words = line.substring(2).trim();
        int blank = words.indexOf(' ');
        return blank < 0 ? words : words.substring(0, blank);
    }

    /// Adds what the loader lists.
    ///
    /// @param list lines such as `libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f…)`
    private void addLibraries(String list) {
        for (String line : list.lines().toList()) {
            int arrow = line.indexOf("=> /");
            int address = line.lastIndexOf(" (0x");
            if (arrow >= 0 && address > arrow) {
                String library = line.substring(arrow + "=> ".length(), address);
                archive.file(library, 0755, Path.of(library));
            }
        }
    }
}
