package io.inquest.kernel.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.DumpException;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.MemorySource;
import io.inquest.testkit.ElfObjectBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ElfObjectTest {

    private static final byte[] TEXT = "what a section holds, long enough to be worth packing packing packing packing"
            .getBytes(StandardCharsets.ISO_8859_1);

    private static ElfObject open(byte[] bytes) throws IOException {
        return ElfObject.open(new MemorySource("vmlinux", bytes));
    }

    private static byte[] content(ByteSource source) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) source.size());
        source.readFully(0, bytes);
        return bytes.array();
    }

    @Test
    void sectionsAreFoundByNameInEachClassAndByteOrder() throws IOException {
        for (ElfObjectBuilder builder : List.of(
                ElfObjectBuilder.executable(),
                ElfObjectBuilder.bigEndian(),
                ElfObjectBuilder.executable32(ByteOrder.LITTLE_ENDIAN),
                ElfObjectBuilder.executable32(ByteOrder.BIG_ENDIAN))) {
            ElfObject object = open(builder.loaded(".text", 0x1000, TEXT)
                    .section(".debug_info", TEXT)
                    .build());
            assertThat(content(object.bytes(".debug_info").orElseThrow())).isEqualTo(TEXT);
            assertThat(object.section(".text").orElseThrow().address()).isEqualTo(0x1000);
            assertThat(object.bytes(".debug_line")).isEmpty();
        }
    }

    /// The number of the section with the names can stand in section 0, where it has 32 bits.
    @Test
    void aSectionOfNamesThatCannotBeLeavesSectionsWithoutNames() throws IOException {
        byte[] file = ElfObjectBuilder.executable().section(".debug_info", TEXT).build();
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort(62, (short) 0xffff);
        bytes.putInt((int) bytes.getLong(40) + 40, 0xfe00_0000);
        assertThat(open(file).section(".debug_info")).isEmpty();
    }

    @Test
    void compressedSectionsAreExpanded() throws IOException {
        ElfObject object = open(ElfObjectBuilder.executable()
                .compressed(".debug_info", TEXT)
                .zdebug(".zdebug_str", TEXT)
                .build());
        assertThat(content(object.bytes(".debug_info").orElseThrow())).isEqualTo(TEXT);
        assertThat(content(object.bytes(".debug_str").orElseThrow())).isEqualTo(TEXT);
    }

    @Test
    void sizeThatNoCompressionReachesIsRefusedBeforeAllocation() throws IOException {
        ElfObject object = open(ElfObjectBuilder.executable()
                .compressed(".debug_info", 1, 1 << 29, new byte[20])
                .build());
        assertThatThrownBy(() -> object.bytes(".debug_info"))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining(".debug_info")
                .hasMessageContaining("claim to expand to 536870912");
    }

    @Test
    void unknownCompressionIsTold() throws IOException {
        ElfObject object = open(ElfObjectBuilder.executable()
                .compressed(".debug_info", 7, 10, TEXT)
                .build());
        assertThatThrownBy(() -> object.bytes(".debug_info")).hasMessageContaining("method 7, expected 1 (zlib) or 2");
    }

    @Test
    void sectionWhoseBytesWereLeftOutIsEmpty() throws IOException {
        ElfObject object =
                open(ElfObjectBuilder.executable().leftOut(".text", 0x1000, 500).build());
        assertThat(object.bytes(".text")).isEmpty();
        assertThat(object.section(".text").orElseThrow().bytes()).isEqualTo(500);
    }

    @Test
    void buildIdIsFoundBehindOtherNotes() throws IOException {
        assertThat(open(ElfObjectBuilder.executable().buildId("00ff10aa").build())
                        .buildId())
                .contains("00ff10aa");
        assertThat(open(ElfObjectBuilder.executable().build()).buildId()).isEmpty();
    }

    @Test
    void symbolsComeInTheirOrder() throws IOException {
        ElfObject object = open(ElfObjectBuilder.executable()
                .loaded(".text", 0x1000, TEXT)
                .symbol("start", ".text", 0x1000, 16, 0x12)
                .symbol("fixed", "", 5, 0, 0)
                .build());
        List<String> symbols = new ArrayList<>();
        object.symbols((name, value, bytes, type, binding, section) ->
                symbols.add(name + " " + value + " " + bytes + " " + type + " " + binding + " " + section));
        assertThat(symbols).containsExactly(" 0 0 0 0 0", "start 4096 16 2 1 1", "fixed 5 0 0 0 0");
    }

    @Test
    void relocationsAreAppliedToWhateverIsRead() throws IOException {
        ElfObject object = open(ElfObjectBuilder.relocatable()
                        .loaded(".text", 0, TEXT)
                        .section(".debug_info", new byte[32])
                        .symbol("function", ".text", 0x20, 4, 0x12)
                        .symbol("elsewhere", "", 0, 0, 0x10)
                        .relocation(".debug_info", 4, 1, "function", 1)
                        .relocation(".debug_info", 16, 10, "function", -1)
                        .relocation(".debug_info", 20, 11, "elsewhere", -2)
                        .relocation(".debug_info", 24, 2, "function", 0)
                        .build())
                .placedAt(name -> name.equals(".text") ? OptionalLong.of(0x7000_0000L) : OptionalLong.empty());
        ByteSource section = object.bytes(".debug_info").orElseThrow();
        ByteBuffer all = ByteBuffer.wrap(content(section)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(all.getLong(4)).isEqualTo(0x7000_0021L);
        assertThat(all.getInt(16)).isEqualTo(0x7000_001f);
        assertThat(all.getInt(20)).isEqualTo(-2);
        assertThat(all.getInt(24)).isEqualTo(0x7000_0020 - 24);
        for (int from = 0; from < 32; from++) {
            ByteBuffer one = ByteBuffer.allocate(1);
            section.readFully(from, one);
            assertThat(one.get(0)).as("byte " + from).isEqualTo(all.get(from));
        }
    }

    @Test
    void relocationsOfOtherMachinesThanKnownAreRefused() throws IOException {
        byte[] bytes = ElfObjectBuilder.relocatable()
                .section(".debug_info", new byte[8])
                .symbol("a", ".debug_info", 0, 0, 0)
                .relocation(".debug_info", 0, 1, "a", 0)
                .build();
        bytes[18] = (byte) 183;
        ElfObject object = open(bytes);
        assertThatThrownBy(() -> object.bytes(".debug_info")).hasMessageContaining("machine type 183");
    }

    @Test
    void everyTruncationIsToldInOneSentence() throws IOException {
        byte[] whole = ElfObjectBuilder.executable()
                .buildId("0102")
                .compressed(".debug_info", TEXT)
                .symbol("a", ".debug_info", 0, 0, 0)
                .build();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> open(cut))
                    .as("cut at " + length)
                    .isInstanceOf(DumpException.class)
                    .hasMessageStartingWith("vmlinux");
        }
        assertThatCode(() -> open(whole)).doesNotThrowAnyException();
    }

    @Test
    void flippedBytesThrowOnlyWhatIsDocumented() throws IOException {
        byte[] whole = ElfObjectBuilder.relocatable()
                .buildId("0102")
                .loaded(".text", 0, TEXT)
                .compressed(".debug_info", TEXT)
                .section(".debug_str", TEXT)
                .symbol("a", ".text", 0, 0, 0)
                .relocation(".debug_str", 0, 1, "a", 0)
                .build();
        Random random = new Random(7);
        for (int i = 0; i < 1500; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            try {
                ElfObject object = open(damaged);
                object.buildId();
                object.bytes(".debug_info").ifPresent(bytes -> new SectionCursor(bytes, object.order(), 64).u8());
                object.bytes(".debug_str").ifPresent(bytes -> new SectionCursor(bytes, object.order(), 64).u8());
                object.symbols((name, value, bytes, type, binding, section) -> {});
            } catch (DumpException | SectionFault told) {
                assertThat(told).hasMessageContaining("vmlinux");
            }
        }
    }
}
