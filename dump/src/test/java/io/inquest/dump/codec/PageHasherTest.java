package io.inquest.dump.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Expected values were made by OpenSSL 3.0.19: `openssl mac -macopt hexkey:000102030405060708090a0b0c0d0e0f -macopt
/// size:16
/// SIPHASH` of the bytes 0, 1, 2, …
class PageHasherTest {

    private static final PageHasher HASHER = new PageHasher(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

    @ParameterizedTest
    @CsvSource({
        "15, 5493E99933B0A8117E08EC0F97CFC3D9",
        "4096, 3BCC209C9B0E6D125332B50599F21B00",
    })
    void namesAreThoseOfSipHash(int bytes, String expected) {
        PackedPages packed = packed(bytes);
        HASHER.name(packed);

        ByteBuffer name = ByteBuffer.allocate(16);
        name.putLong(Long.reverseBytes(packed.firstName(0))).putLong(Long.reverseBytes(packed.secondName(0)));
        assertThat(HexFormat.of().withUpperCase().formatHex(name.array())).isEqualTo(expected);
    }

    @Test
    void everyHasherHasItsOwnKey() {
        PackedPages packed = packed(64);
        PageHasher.create().name(packed);
        long one = packed.firstName(0);
        PageHasher.create().name(packed);

        assertThat(packed.firstName(0)).isNotEqualTo(one);
    }

    /// One page of the bytes 0, 1, 2, … as it is.
    private static PackedPages packed(int pageBytes) {
        ByteBuffer page = ByteBuffer.allocateDirect(pageBytes);
        for (int i = 0; i < pageBytes; i++) {
            page.put((byte) i);
        }
        PackedPages packed = new PackedPages(pageBytes, 1);
        packed.start(1);
        try (PageCompressor compressor = new PageCompressor(Compression.NONE)) {
            compressor.compress(page, packed);
        }
        return packed;
    }
}
