package io.inquest.kernel.type.btf;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.TypeKind;
import io.inquest.testkit.BtfBuilder;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The example of `docs/formats/btf.md`.
final class BtfPageTest {

    /// Columns of the bytes in a line of the example.
    private static final int WIDTH = 23;

    private static byte[] example() throws IOException {
        List<String> lines = Files.readAllLines(Samples.root().resolve("docs/formats/btf.md"));
        String digits = lines.subList(lines.indexOf("## Example"), lines.size()).stream()
                .filter(line -> line.length() >= 2 && HexFormat.isHexDigit(line.charAt(1)) && line.charAt(1) != '`')
                .filter(line -> HexFormat.isHexDigit(line.charAt(0)))
                .map(line -> line.substring(0, Math.min(WIDTH, line.length())))
                .collect(Collectors.joining());
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    @Test
    void exampleIsWhatAWriterWrites() throws IOException {
        BtfBuilder builder = new BtfBuilder(ByteOrder.LITTLE_ENDIAN);
        builder.string("list_head");
        builder.struct("list_head", 16, builder.member("next", 2, 0), builder.member("prev", 2, 64));
        builder.pointer(1);

        assertThat(example()).isEqualTo(builder.build());
    }

    @Test
    void exampleReadsAsItsStruct() throws IOException, MalformedBtf {
        Btf btf = Btf.of("example", example(), ByteOrder.LITTLE_ENDIAN, 8);

        KernelType list = btf.named(TypeKind.STRUCT, "list_head").getFirst();
        assertThat(((StructType) list)
                        .members().stream().map(each -> each.type().declare(each.name())))
                .containsExactly("struct list_head *next", "struct list_head *prev");
    }
}
