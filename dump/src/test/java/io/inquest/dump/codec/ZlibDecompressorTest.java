package io.inquest.dump.codec;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ZlibDecompressorTest {

    private static final int LIMIT = 100;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            7802                     | is damaged before byte 2: incorrect header check
            7801 07                  | is damaged before byte 3: invalid block type
            7801 2b48                | ends early, after 4 bytes that gave 1 bytes
            7801 2b484c4f55 28208f0000 83e014dd00 | ends at byte 16, before the end of its block
            7801 2b484c4f55 28208f0000 83e014de | is damaged before byte 16: incorrect data check
            """)
    void everyBrokenFieldIsNamed(String hex, String message) {
        byte[] block = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThatExceptionOfType(MalformedBlockException.class)
                .isThrownBy(() -> new ZlibDecompressor().decompress(block, 0, block.length, new byte[LIMIT], 0, LIMIT))
                .withMessage("zlib stream " + message);
    }
}
