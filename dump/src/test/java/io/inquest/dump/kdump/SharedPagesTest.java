package io.inquest.dump.kdump;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.codec.Compression;
import io.inquest.dump.codec.PackedPages;
import io.inquest.dump.codec.PageCompressor;
import io.inquest.dump.codec.PageHasher;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SharedPagesTest {

    private static final int PAGE_BYTES = 64;

    private final PageHasher hasher = PageHasher.create();

    /// A batch of pages, each filled with one byte.
    private PackedPages pages(int... contents) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(PAGE_BYTES * contents.length);
        for (int content : contents) {
            for (int i = 0; i < PAGE_BYTES; i++) {
                bytes.put((byte) content);
            }
        }
        PackedPages packed = new PackedPages(PAGE_BYTES, contents.length);
        packed.start(contents.length);
        try (PageCompressor compressor = new PageCompressor(Compression.NONE)) {
            compressor.compress(bytes, packed);
        }
        hasher.name(packed);
        return packed;
    }

    @Test
    void pageThatCameBeforeIsFoundWhereItWasStored() {
        SharedPages shared = new SharedPages(1 << 16);
        PackedPages batch = pages(1, 2, 1);

        assertThat(shared.findOrAdd(batch, 0, 1000)).isEqualTo(-1);
        assertThat(shared.findOrAdd(batch, 1, 2000)).isEqualTo(-1);
        assertThat(shared.findOrAdd(batch, 2, 3000)).isEqualTo(1000);
        assertThat(shared.pages()).isEqualTo(1);
        assertThat(shared.bytes()).isEqualTo(PAGE_BYTES);
    }

    /// 128 bytes are room for two.
    @Test
    void theOldestPageIsForgottenWhenThereIsNoRoom() {
        SharedPages shared = new SharedPages(128);
        PackedPages batch = pages(1, 2, 3, 2, 1, 3);

        for (int page = 0; page < 3; page++) {
            assertThat(shared.findOrAdd(batch, page, page)).isEqualTo(-1);
        }
        assertThat(shared.findOrAdd(batch, 3, 3)).isEqualTo(1);
        assertThat(shared.findOrAdd(batch, 4, 4)).isEqualTo(-1);
        assertThat(shared.findOrAdd(batch, 5, 5)).isEqualTo(2);
    }

    @Test
    void anotherFileSharesNothingWithTheOneBefore() {
        SharedPages shared = new SharedPages(1 << 16);
        PackedPages batch = pages(1);
        shared.findOrAdd(batch, 0, 1000);

        shared.clear();

        assertThat(shared.findOrAdd(batch, 0, 2000)).isEqualTo(-1);
    }
}
