package io.inquest.kernel.dwarf;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.io.MemorySource;
import io.inquest.kernel.elf.ElfObject;
import io.inquest.testkit.DwarfBuilder;
import io.inquest.testkit.ElfObjectBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sets of `.debug_aranges` that no compiler writes.
final class UnitRangesTest {

    private static Lines lines(byte[] ranges) throws IOException {
        DwarfBuilder dwarf = DwarfBuilder.version(5);
        dwarf.unit("a.c");
        byte[] file = dwarf.addTo(ElfObjectBuilder.executable().section(".debug_aranges", ranges))
                .build();
        ElfObject object = ElfObject.open(new MemorySource("vmlinux", file));
        return new Lines(Dwarf.open(object, SupplementaryFiles.NONE, IndexStore.NONE), 0);
    }

    /// Found by fuzzing: a division by zero.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 255})
    void addressesOfAnImpossibleSizeAreNotRead(int addressBytes) throws IOException {
        byte[] ranges = ByteBuffer.allocate(64)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(60)
                .putShort((short) 2)
                .putInt(0)
                .put((byte) addressBytes)
                .array();
        assertThat(lines(ranges).framesAt(0x1000)).isEmpty();
    }

    @Test
    void aLengthBehindTheSectionEndsIt() throws IOException {
        byte[] ranges = ByteBuffer.allocate(64)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(-1)
                .putLong(Long.MAX_VALUE)
                .array();
        assertThat(lines(ranges).framesAt(0x1000)).isEmpty();
    }
}
