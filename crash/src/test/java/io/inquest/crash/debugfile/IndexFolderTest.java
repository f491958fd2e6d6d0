package io.inquest.crash.debugfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.dwarf.IndexStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IndexFolderTest {

    @TempDir
    private Path folder;

    @Test
    void savedIndexIsLoadedAndNothingElseIsLeft() throws IOException {
        IndexFolder store = new IndexFolder(folder.resolve("made/when/needed"));
        store.save("ab12", ByteBuffer.wrap(new byte[] {1, 2, 3}));
        store.save("ab12", ByteBuffer.wrap(new byte[] {4, 5}));
        assertThat(store.load("ab12")).contains(ByteBuffer.wrap(new byte[] {4, 5}));
        assertThat(store.load("cd34")).isEmpty();
        try (Stream<Path> files = Files.list(folder.resolve("made/when/needed"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("ab12.index");
        }
    }

    @Test
    void folderThatCannotBeMadeIsNoError() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        IndexFolder store = new IndexFolder(file.resolve("below"));
        store.save("ab12", ByteBuffer.wrap(new byte[] {1}));
        assertThat(store.load("ab12")).isEmpty();
    }

    @Test
    void folderIsTheUsersCache() {
        IndexStore inCache = IndexFolder.of(folder.toString(), "/nowhere");
        inCache.save("ab", ByteBuffer.wrap(new byte[] {7}));
        assertThat(folder.resolve("inquest/dwarf/ab.index")).hasBinaryContent(new byte[] {7});
        IndexStore inHome = IndexFolder.of(null, folder.toString());
        inHome.save("cd", ByteBuffer.wrap(new byte[] {8}));
        assertThat(folder.resolve(".cache/inquest/dwarf/cd.index")).hasBinaryContent(new byte[] {8});
        assertThat(IndexFolder.of(null, null)).isSameAs(IndexStore.NONE);
        assertThat(IndexFolder.of("relative", null)).isSameAs(IndexStore.NONE);
    }
}
