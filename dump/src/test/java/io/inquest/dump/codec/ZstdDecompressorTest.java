package io.inquest.dump.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ZstdDecompressorTest {

    /// 700 letters by libzstd 1.5.4, level 3, with a checksum.
    private static final byte[] WITH_CHECKSUM = HexFormat.of()
            .parseHex("28b52ffd64bc010d05008287171990391d2c530041b4bbac23a7306cb7bd6592520e1b185b15256d72fcf9ff6e"
                    + "37a3212387883f3e29dd521e3c77979789f8f8c89dd0f6efc846d8268711148c5a56412905a8a561125d0885b1"
                    + "541b6be9c002ee61d1d470f27816589b04232090339c31a2d89eb83d101907c1b6c1d56ed1588b37dbce6ab7d0"
                    + "b8c537ebd636b7e8d1c2dc2cdb76d656f32db01eebfe666c3b96dcb7b1c57a0bbc9d85028e13ac1d");

    private final ZstdDecompressor decompressor = new ZstdDecompressor();

    @Test
    void aFrameWithAChecksumIsRead() throws MalformedBlockException {
        assertThat(expand(WITH_CHECKSUM, 700)).isEqualTo(Corpus.text(700));
    }

    @Test
    void aFrameOfManyBlocksThatShareTablesIsRead() throws MalformedBlockException {
        byte[] frame = Corpus.resource("text-150000.zstd-19-checksum");
        assertThat(expand(frame, 150_000)).isEqualTo(Corpus.text(150_000));
    }

    @Test
    void everyChangedByteOfACheckedFrameIsFound() {
        for (int at = 0; at < WITH_CHECKSUM.length; at++) {
            byte[] changed = WITH_CHECKSUM.clone();
            changed[at] ^= 0x10;
            byte[] expanded = expandOrNothing(changed, 700);
            // The window's size is the one byte that has no say in what comes out.
            assertThat(expanded.length == 0 || Arrays.equals(expanded, Corpus.text(700)))
                    .as("byte %d", at)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            29b52ffd              | at its byte 4, no magic number of a zstd frame
            28b52ffd 28           | at its byte 5, a reserved bit set in its header
            28b52ffd 21 07        | at its byte 6, the name of a dictionary; pages are stored without one
            28b52ffd 20           | at its byte 5, the end of its bytes where 1 more are needed
            28b52ffd a0 01100000  | at its byte 9, a content size of 4097 bytes where at most 4096 are expected
            28b52ffd e0 ffffffffffffffff | at its byte 13, a content size of 9223372036854775807 bytes where at most \
            4096 are expected
            28b52ffd 20 05 07     | at its byte 6, the end of its bytes where 3 more are needed
            28b52ffd 20 05 070000 | at its byte 9, a block of the reserved kind
            28b52ffd 20 05 290000 | at its byte 9, the end of its bytes where 5 more are needed
            28b52ffd 20 05 0b8000 61 | at its byte 10, a block of 4097 bytes where 4096 are left of the target
            28b52ffd 20 05 230000 61 | at its byte 10, the end of its blocks after 4 of 5 bytes
            28b52ffd 20 05 2b0000 61 00 | at its byte 10, its end, with 1 bytes behind it
            28b52ffd 24 05 2b0000 61 00000000 | at its byte 14, a checksum that its content does not have
            28b52ffd 20 05 0d0010 | at its byte 9, a compressed block of 131073 bytes, more than a block may have
            28b52ffd 20 05 150000 0300 | at its byte 9, the end of its bytes where 3 more are needed
            28b52ffd 20 05 250000 13000000 | at its byte 12, literals that need the Huffman code of an earlier \
            block, and there is none
            28b52ffd 20 05 250000 00ffffff | at its byte 13, 98047 matches where 4096 bytes are left of the target
            28b52ffd 20 05 1d0000 000101 | at its byte 12, a reserved bit set in the modes of its sequences
            28b52ffd 20 05 1d0000 0001c0 | at its byte 12, literal lengths that need the table of an earlier \
            block, and there is none
            28b52ffd 20 05 250000 00014024 | at its byte 13, the code 36 of literal lengths, which there is not
            28b52ffd 20 05 2d0000 000180 0f00 | at its byte 12, an FSE table of 2^20 states where 2^9 are allowed
            28b52ffd 20 05 250000 00010000 | at its byte 12, a bit stream without its end mark
            28b52ffd 20 05 250000 00010001 | at its byte 12, a stream of sequences that does not end with the \
            last of 1
            28b52ffd 20 05 3d0000 00015400000001 | at its byte 15, a match from 4 bytes back where 0 are known
            """)
    void everyBrokenFieldIsNamed(String hex, String message) {
        byte[] frame = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThatExceptionOfType(MalformedBlockException.class)
                .isThrownBy(() -> expand(frame, 4096))
                .withMessage("zstd frame has, " + message);
    }

    @Test
    void theChecksumIsXxh64() {
        assertThat(XxHash64.of(new byte[0], 0, 0)).isEqualTo(0xEF46DB3751D8E999L);
        assertThat(XxHash64.of("a".getBytes(StandardCharsets.US_ASCII), 0, 1)).isEqualTo(0xD24EC4F1A98C6E5BL);
        assertThat(XxHash64.of("abc".getBytes(StandardCharsets.US_ASCII), 0, 3)).isEqualTo(0x44BC2CF5AD770999L);
    }

    private byte[] expand(byte[] frame, int limit) throws MalformedBlockException {
        byte[] target = new byte[limit];
        int length = decompressor.decompress(frame, 0, frame.length, target, 0, limit);
        return Arrays.copyOf(target, length);
    }

    private byte[] expandOrNothing(byte[] frame, int limit) {
        try {
            return expand(frame, limit);
        } catch (MalformedBlockException found) {
            return new byte[0];
        }
    }
}
