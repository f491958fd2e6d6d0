package io.inquest.dump.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The example of docs/formats/codecs.md.
final class CodecExampleTest {

    @ParameterizedTest
    @EnumSource(value = Compression.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void theExampleOfTheFormatPageIsWhatIsWritten(Compression compression) throws IOException {
        byte[] block = "page ".repeat(12).getBytes(StandardCharsets.US_ASCII);
        byte[] target = new byte[200];
        try (BlockCompressor compressor = Codecs.newCompressor(compression)) {
            int size = compressor.compress(block, 0, block.length, target, 0, target.length);
            String written = HexFormat.ofDelimiter(" ").formatHex(target, 0, size);
            assertThat(documented(compression)).isEqualTo(written);
        }
    }

    private static String documented(Compression compression) throws IOException {
        boolean inExample = false;
        for (String line : Files.readAllLines(Path.of("../docs/formats/codecs.md"))) {
            inExample |= line.equals("## Example");
            if (inExample && line.toLowerCase(Locale.ROOT).startsWith("| " + compression.label() + " ")) {
                return line.substring(line.indexOf('`') + 1, line.lastIndexOf('`'));
            }
        }
        throw new AssertionError("no example of " + compression.label());
    }
}
