package io.inquest.dump.codec;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SnappyDecompressorTest {

    private static final int LIMIT = 100;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ff                       | before its byte 1, the end of its bytes within an element
            ffffffffff 01            | before its byte 5, a length of more than 32 bits
            65                       | before its byte 1, the length 101 where at most 100 bytes are expected
            05 10 61                 | before its byte 2, the end of its bytes within an element
            02 10 6161616161         | before its byte 2, 5 literals where 2 bytes are left of the block
            05 fc ffffffff           | before its byte 6, the end of its bytes within an element
            05 00 61 0d00            | before its byte 5, a copy from 0 bytes back where 1 are known
            05 00 61 0d02            | before its byte 5, a copy from 2 bytes back where 1 are known
            05 00 61 0d01            | before its byte 5, a copy of 7 bytes where 4 are left of the block
            05 00 61 0e01            | before its byte 4, the end of its bytes within an element
            05 00 61 0fffffffff      | before its byte 8, a copy from 4294967295 bytes back where 1 are known
            05 00 61                 | before its byte 3, the end of its bytes, with 4 of the announced bytes missing
            """)
    void everyBrokenFieldIsNamed(String hex, String message) {
        byte[] block = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThatExceptionOfType(MalformedBlockException.class)
                .isThrownBy(
                        () -> new SnappyDecompressor().decompress(block, 0, block.length, new byte[LIMIT], 0, LIMIT))
                .withMessage("snappy block has, " + message);
    }
}
