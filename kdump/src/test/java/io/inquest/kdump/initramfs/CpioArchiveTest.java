package io.inquest.kdump.initramfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CpioArchiveTest {

    @TempDir
    private Path folder;

    private static byte[] bytes(Archive archive) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CpioArchive.write(archive, out);
        return out.toByteArray();
    }

    private static String text(byte[] archive) {
        return new String(archive, StandardCharsets.US_ASCII);
    }

    @Test
    void aFileIsWrittenAsTheFormatSays() throws IOException {
        Archive archive = new Archive();
        archive.file("/init", 0755, "hello");

        byte[] bytes = bytes(archive);

        assertThat(text(bytes).substring(0, 124))
                .isEqualTo("070701" + "00000001" + "000081ED" + "00000000" + "00000000"
                        + "00000001" + "00000000" + "00000005" + "00000000" + "00000000" + "00000000" + "00000000"
                        + "00000005"
                        + "00000000" + "init\0\0" + "hello\0\0\0");
        assertThat(text(bytes).substring(124, 124 + 6)).isEqualTo("070701");
        assertThat(text(bytes)).contains("0000000B" + "00000000" + "TRAILER!!!\0");
        assertThat(bytes.length % 512).isZero();
    }

    @Test
    void whatAnotherProgramUnpacksIsWhatWentIn() throws IOException, InterruptedException {
        assumeTrue(
                Files.exists(Path.of("/usr/bin/cpio")) || Files.exists(Path.of("/bin/cpio")),
                "no cpio on this machine");
        Archive archive = new Archive();
        archive.file("/a/b/few", 0640, "x".repeat(5000));
        archive.file("/a/empty", 0600, "");
        archive.link("/lib64/loader", "/inquest/lib/loader");
        archive.folder("/proc");
        Path file = Files.write(folder.resolve("archive"), bytes(archive));
        Path into = Files.createDirectory(folder.resolve("into"));

        Process cpio = new ProcessBuilder("cpio", "-i", "--quiet", "--no-absolute-filenames")
                .directory(into.toFile())
                .redirectInput(file.toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(cpio.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();

        assertThat(cpio.waitFor()).isZero();
        assertThat(into.resolve("a/b/few")).hasContent("x".repeat(5000));
        assertThat(into.resolve("a/empty")).isEmptyFile();
        assertThat(Files.readSymbolicLink(into.resolve("lib64/loader"))).isEqualTo(Path.of("/inquest/lib/loader"));
        assertThat(into.resolve("proc")).isDirectory();
    }

    @Test
    void theOrderOfAddingDoesNotMatter() throws IOException {
        Archive one = new Archive();
        one.file("/b", 0644, "1");
        one.file("/a/c", 0644, "2");
        Archive other = new Archive();
        other.folder("/a");
        other.file("/a/c", 0644, "2");
        other.file("/b", 0644, "1");

        assertThat(bytes(one)).isEqualTo(bytes(other));
    }

    @Test
    void aFileIsNoFolderForOthers() {
        Archive archive = new Archive();
        archive.file("/etc", 0644, "");

        assertThatThrownBy(() -> archive.file("/etc/plan", 0644, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("/etc/plan: etc is no folder");
        for (String path : List.of("/", "etc", "")) {
            assertThatThrownBy(() -> archive.folder(path)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void timesAndOwnersOfTheHostAreNotSeen() throws IOException {
        Path host = Files.createDirectory(folder.resolve("host"));
        Path file = Files.writeString(host.resolve("file"), "content");
        Archive before = new Archive();
        before.hostFolder("/host", host);
        byte[] first = bytes(before);
        Files.setLastModifiedTime(file, FileTime.fromMillis(12345));
        Archive after = new Archive();
        after.hostFolder("/host", host);

        assertThat(bytes(after)).isEqualTo(first);
    }
}
