package io.inquest.kdump.initramfs;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Files by their paths, from which a [CpioArchive] is made. Folders above them come by themselves.
public final class Archive {

    private static final int FOLDER_MODE = 0755;

    private final SortedMap<String, Entry> entries = new TreeMap<>();

    public Archive() {}

    public void folder(String path) {
        put(path, new Entry.Folder(FOLDER_MODE));
    }

    public void file(String path, int mode, String text) {
        file(path, mode, text.getBytes(StandardCharsets.UTF_8));
    }

    public void file(String path, int mode, byte[] bytes) {
        put(path, new Entry.RegularFile(mode, new Content.Bytes(bytes)));
    }

    public void file(String path, int mode, Path content) {
        put(path, new Entry.RegularFile(mode, new Content.HostFile(content)));
    }

    public void link(String path, String target) {
        put(path, new Entry.Link(target));
    }

    public void characterDevice(String path, int mode, int major, int minor) {
        put(path, new Entry.CharacterDevice(mode, major, minor));
    }

    /// All that lies in a folder of the host, with programs executable by all and nothing writable but by root.
    public void hostFolder(String path, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted().toList()) {
                String below = folder.relativize(file).toString();
                String name = below.isEmpty() ? path : path + "/" + below;
                if (Files.isSymbolicLink(file)) {
                    link(name, Files.readSymbolicLink(file).toString());
                } else if (Files.isDirectory(file)) {
                    folder(name);
                } else {
                    file(name, Files.isExecutable(file) ? 0755 : 0644, file);
                }
            }
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    void addAll(Archive other) {
        other.entries.forEach((name, entry) -> put("/" + name, entry));
    }

    private void put(String path, Entry entry) {
        String name = relative(path);
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            Entry above = entries.putIfAbsent(name.substring(0, slash), new Entry.Folder(FOLDER_MODE));
            if (above != null && !(above instanceof Entry.Folder)) {
                throw new IllegalArgumentException(path + ": " + name.substring(0, slash) + " is no folder");
            }
        }
        entries.put(name, entry);
    }

    private static String relative(String path) {
        if (!path.startsWith("/") || path.length() < 2) {
            throw new IllegalArgumentException(path + ": no absolute path of a file");
        }
        return path.substring(1);
    }

    /// Without a slash before them, folders before what is in them.
    List<Map.Entry<String, Entry>> sorted() {
        return List.copyOf(entries.entrySet());
    }

    /// Adds all that the archive's bytes depend on.
    void digest(MessageDigest digest) throws IOException {
        try (DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            CpioArchive.write(this, out);
        }
    }
}
