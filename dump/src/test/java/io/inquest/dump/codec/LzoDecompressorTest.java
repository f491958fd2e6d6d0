package io.inquest.dump.codec;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LzoDecompressorTest {

    private static final int LIMIT = 100;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            17 61                    | before its byte 1, the end of its bytes before the end of the block
            12 61                    | before its byte 2, the end of its bytes before the end of the block
            16 7061676520 201620 00 110000 | before its byte 10, a match from 9 bytes back where only 5 are known
            16 7061676520 206010 00 110000 | before its byte 8, a run of 127 bytes where 95 are left of the page
            12 61 2043 0000 110000   | before its byte 6, a match of 100 bytes where 99 are left of the page
            12 61 200000             | before its byte 5, the end of its bytes before the end of the block
            12 61 210001             | before its byte 5, a match from 65 bytes back where only 1 are known
            12 61 200100             | before its byte 4, the end of its bytes before the end of the block
            12 61 120000             | before its byte 5, an end of block of length 4
            12 61 110000 00          | before its byte 5, the end of the block with 1 bytes behind it
            """)
    void everyBrokenFieldIsNamed(String hex, String message) {
        byte[] block = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThatExceptionOfType(MalformedBlockException.class)
                .isThrownBy(() -> new LzoDecompressor().decompress(block, 0, block.length, new byte[LIMIT], 0, LIMIT))
                .withMessage("LZO block has, " + message);
    }
}
