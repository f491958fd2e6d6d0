package io.inquest.capture.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DumpFolderTest {

    private static final FolderName NAME = new FolderName("127.0.0.1", LocalDateTime.of(2026, 3, 7, 4, 5, 9), 0);

    @TempDir
    private Path target;

    private DumpFolder folder() throws IOException {
        return DumpFolder.create(target.toRealPath().resolve("var/crash"), NAME);
    }

    @Test
    void folderAndFilesAreTheOwnersAlone() throws IOException {
        DumpFolder folder = folder();
        folder.save("vmcore-dmesg.txt", out -> out.write('x'));
        assertThat(permissions(folder.path())).isEqualTo("rwx------");
        assertThat(permissions(folder.file("vmcore-dmesg.txt"))).isEqualTo("rw-------");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void secondCrashOfTheSameSecondHasItsOwnFolder() throws IOException {
        assertThat(folder().path().getFileName()).hasToString("127.0.0.1-2026-03-07-04:05:09");
        assertThat(folder().path().getFileName()).hasToString("127.0.0.1-2026-03-07-04:05:09-1");
        assertThat(folder().path().getFileName()).hasToString("127.0.0.1-2026-03-07-04:05:09-2");
    }

    @Test
    void folderThatSomebodyLaidOutIsNotUsed() throws IOException {
        Path elsewhere = Files.createDirectory(target.resolve("elsewhere"));
        Path parent = Files.createDirectories(target.toRealPath().resolve("var/crash"));
        Files.createSymbolicLink(parent.resolve(NAME.toString()), elsewhere);
        assertThat(folder().path().getFileName()).hasToString(NAME + "-1");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void pathThroughASymbolicLinkIsRefused() throws IOException {
        Path real = target.toRealPath();
        Files.createSymbolicLink(real.resolve("var"), Files.createDirectory(real.resolve("elsewhere")));
        assertThatThrownBy(this::folder).isInstanceOf(IOException.class).hasMessageContaining("symbolic link");
        assertThat(real.resolve("elsewhere")).isEmptyDirectory();
    }

    @Test
    void fileHasItsNameOnlyWhenItIsWhole() throws IOException {
        DumpFolder folder = folder();
        assertThatThrownBy(() -> folder.save("vmcore-dmesg.txt", out -> {
                    out.write('x');
                    throw new IOException("no more log");
                }))
                .hasMessageContaining("no more log");
        assertThat(folder.file("vmcore-dmesg.txt")).doesNotExist();
        assertThat(folder.file("vmcore-dmesg-incomplete.txt")).exists();
    }

    @Test
    void savedFileIsToldWithItsChecksum() throws IOException {
        SavedFile saved = folder().save("report.txt", out -> out.write("abc".getBytes(StandardCharsets.US_ASCII)));
        assertThat(saved)
                .isEqualTo(new SavedFile(
                        "report.txt", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    @Test
    void nothingIsReplaced() throws IOException {
        DumpFolder folder = folder();
        Files.writeString(folder.file("vmcore"), "the first");
        Files.writeString(folder.file("vmcore-incomplete"), "the second");
        assertThatThrownBy(() -> folder.publishDump(folder.readDumpBack(_ -> {}).orElseThrow()))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(folder.file("vmcore")).hasContent("the first");
    }

    @Test
    void linkThatStandsInTheWayIsNotWrittenThrough() throws IOException {
        DumpFolder folder = folder();
        Path victim = Files.writeString(target.resolve("victim"), "untouched");
        Files.createSymbolicLink(folder.file("report-incomplete.txt"), victim);
        assertThatThrownBy(() -> folder.save("report.txt", out -> out.write('x')))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(victim).hasContent("untouched");
    }

    @Test
    void someRoomIsKeptForTheManifestWhileTheDumpIsWritten() throws IOException {
        DumpFolder folder = folder();
        Path dump = ((DumpOutput.ToFile) folder.beginDump(DumpForm.FILTERED)).path();
        assertThat(folder.file("inquest-reserve")).hasSize(32 << 10);
        Files.writeString(dump, "dump");
        assertThat(folder.readDumpBack(_ -> {})).isPresent();
        assertThat(folder.file("inquest-reserve")).doesNotExist();
    }

    @Test
    void emptyDumpIsNone() throws IOException {
        DumpFolder folder = folder();
        Path dump = Files.createFile(((DumpOutput.ToFile) folder.beginDump(DumpForm.FILTERED)).path());
        assertThat(folder.readDumpBack(_ -> {})).isEmpty();
        assertThat(dump).doesNotExist();
    }

    @Test
    void unfinishedNamesAreThoseThatUsersKnow() {
        assertThat(DumpFolder.unfinished("vmcore")).isEqualTo("vmcore-incomplete");
        assertThat(DumpFolder.unfinished("vmcore-dmesg.txt")).isEqualTo("vmcore-dmesg-incomplete.txt");
    }

    @Test
    void folderThatIsGoneTakesNoFiles() throws IOException {
        DumpFolder folder = folder();
        folder.check();
        assertThat(folder.path()).isEmptyDirectory();
        Files.delete(folder.path());
        assertThatThrownBy(folder::check).isInstanceOf(IOException.class);
    }
}
