package io.inquest.dump.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.DumpException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnerFileTest {

    @TempDir
    private Path folder;

    private static void write(FileChannel channel, String text) throws IOException {
        try (channel) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private Path readableByAll(String name) throws IOException {
        Path path = Files.writeString(folder.resolve(name), "old");
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    @Test
    void newFilesAreTheirOwnersAlone() throws IOException {
        write(OwnerFile.create(folder.resolve("a")), "x");
        write(OwnerFile.replace(folder.resolve("b")), "x");
        write(OwnerFile.append(folder.resolve("c")), "x");
        for (String name : new String[] {"a", "b", "c"}) {
            assertThat(mode(folder.resolve(name))).isEqualTo("rw-------");
        }
    }

    @Test
    void whoCouldReadTheOldFileCannotReadTheNewOne() throws IOException {
        Path path = readableByAll("old");
        Path otherName = Files.createLink(folder.resolve("hard-link"), path);
        try (FileChannel opened = FileChannel.open(path, StandardOpenOption.WRITE)) {
            write(OwnerFile.replace(path), "secret");
            assertThat(opened.size()).isEqualTo(3);
        }
        assertThat(path).hasContent("secret");
        assertThat(mode(path)).isEqualTo("rw-------");
        assertThat(otherName).hasContent("old");
    }

    @Test
    void nothingIsWrittenThroughALink() throws IOException {
        Path target = readableByAll("target");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nowhere"));
        assertThatThrownBy(() -> OwnerFile.create(link)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> OwnerFile.create(dangling)).isInstanceOf(FileAlreadyExistsException.class);
        for (Path each : new Path[] {link, dangling}) {
            assertThatThrownBy(() -> OwnerFile.replace(each))
                    .isInstanceOf(DumpException.class)
                    .hasMessage(each + ": is a symbolic link, through which nothing is written; give the file that it"
                            + " leads to, " + Files.readSymbolicLink(each));
            assertThatThrownBy(() -> OwnerFile.append(each)).isInstanceOf(DumpException.class);
        }
        assertThat(target).hasContent("old");
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    void devicesAndTheSystemsLinksToThemAreWrittenTo() throws IOException {
        write(OwnerFile.replace(Path.of("/dev/null")), "gone");
        write(OwnerFile.append(Path.of("/dev/null")), "gone");
        Path link = Files.createSymbolicLink(folder.resolve("null"), Path.of("/dev/null"));
        assertThatThrownBy(() -> OwnerFile.replace(link)).isInstanceOf(DumpException.class);
    }

    /// As `/dev/stdout` is a link to wherever the output goes.
    @Test
    void aLinkOfTheSystemIsWrittenThroughAndStays() throws IOException {
        Path path = Files.writeString(folder.resolve("output"), "");
        try (FileChannel opened = FileChannel.open(path, StandardOpenOption.WRITE)) {
            Path link = linkTo(path.toRealPath());
            write(OwnerFile.replace(link), "one");
            write(OwnerFile.append(link), " two");
            assertThat(opened.size()).isEqualTo(7);
        }
        assertThat(path).hasContent("one two");
    }

    @Test
    void whatIsBeingReadIsRefusedByWhateverName() throws IOException {
        Path input = Files.writeString(folder.resolve("input"), "precious");
        Path hardLink = Files.createLink(folder.resolve("hard-link"), input);
        Path link = Files.createSymbolicLink(folder.resolve("link"), input);
        Path parent = folder.resolve("..").resolve(folder.getFileName()).resolve("input");
        InputFiles.<@Nullable Void, IOException>remember(() -> {
            refuses(input, hardLink, link, parent);
            return null;
        });
        assertThat(input).hasContent("precious");
        write(OwnerFile.replace(hardLink), "may be written by a command that does not read it");
        assertThat(input).hasContent("precious");
    }

    private static void refuses(Path input, Path... others) throws IOException {
        List<Path> names = new ArrayList<>(List.of(others));
        names.add(input);
        try (FileSource opened = FileSource.open(input)) {
            Path descriptor = linkTo(input.toRealPath());
            Path inProc = Path.of("/proc/self/fd").resolve(descriptor.getFileName());
            names.addAll(List.of(descriptor, inProc));
            for (Path name : names) {
                for (Opening each : new Opening[] {OwnerFile::replace, OwnerFile::append}) {
                    assertThatThrownBy(() -> each.open(name))
                            .isInstanceOf(DumpException.class)
                            .hasMessageStartingWith(name + ": is the input itself");
                }
            }
            assertThat(opened.size()).isEqualTo(8);
        }
    }

    @Test
    void whatCannotBeReplacedIsToldBeforeAndStays() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
        assertThatThrownBy(() -> OwnerFile.checkMayReplace(link)).hasMessageContaining("is a symbolic link");
        assertThatThrownBy(() -> OwnerFile.checkMayReplace(folder)).hasMessage(folder + ": Is a directory");
        assertThatThrownBy(() -> OwnerFile.checkMayReplace(folder.resolve("missing/file")))
                .isInstanceOf(NoSuchFileException.class);
        Path old = Files.writeString(folder.resolve("old"), "old");
        assertThatThrownBy(() -> OwnerFile.checkMayReplace(old.resolve("file")))
                .hasMessageContaining("Not a directory");
        OwnerFile.checkMayReplace(old);
        OwnerFile.checkMayReplace(folder.resolve("new"));
        OwnerFile.checkMayReplace(Path.of("new-in-the-working-folder"));
        assertThat(old).hasContent("old");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    private interface Opening {
        FileChannel open(Path path) throws IOException;
    }

    private static Path linkTo(Path open) throws IOException {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/dev/fd/"))) {
            for (Path descriptor : descriptors) {
                if (Files.isSymbolicLink(descriptor)
                        && Files.readSymbolicLink(descriptor).equals(open)) {
                    return descriptor;
                }
            }
        }
        throw new AssertionError("no descriptor of " + open);
    }

    @Test
    void foldersAreNotRemoved() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> OwnerFile.replace(empty))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(empty + ": Is a directory");
        assertThat(empty).isDirectory();
    }

    @Test
    void appendingGoesOnAtTheEnd() throws IOException {
        Path path = Files.writeString(folder.resolve("log"), "one ");
        write(OwnerFile.append(path), "two");
        assertThat(path).hasContent("one two");
    }
}
