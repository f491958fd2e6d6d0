package io.inquest.kernel.stack.orc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.FlatSpace;
import io.inquest.testkit.OrcBuilder;
import io.inquest.testkit.SyntheticMemory;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class OrcTableTest {

    private static final long TEXT = 0xffff_ffff_8100_0000L;
    private static final long ADDRESSES = 0xffff_ffff_8200_0ffcL;
    private static final long ENTRIES = 0xffff_ffff_8210_0ffeL;

    private final SyntheticMemory memory = new SyntheticMemory(ByteOrder.LITTLE_ENDIAN);

    private OrcTable table(OrcBuilder orc) {
        memory.put(ADDRESSES, orc.addresses(ADDRESSES));
        memory.put(ENTRIES, orc.entries());
        return OrcTable.of(new FlatSpace(memory, 8), ADDRESSES, ENTRIES, orc.count())
                .orElseThrow();
    }

    private static OrcBuilder everySixteenBytes(int count) {
        OrcBuilder orc = new OrcBuilder(TEXT);
        for (int i = 0; i < count; i++) {
            orc.entry(16L * i, 8 * i, 0, 0x0205);
        }
        return orc;
    }

    @Test
    void entryCoversTheCodeUpToTheNext() {
        OrcTable table = table(everySixteenBytes(3000));

        assertThat(table.find(TEXT - 1)).isEqualTo(-1);
        assertThat(table.find(TEXT)).isZero();
        assertThat(table.find(TEXT + 15)).isZero();
        assertThat(table.find(TEXT + 16)).isEqualTo(1);
        assertThat(table.find(TEXT + 16 * 1777 + 3)).isEqualTo(1777);
        assertThat(table.find(-1L)).isEqualTo(2999);
        assertThat(table.entry(1777, OrcLayout.END_TYPE).offset()).isEqualTo(8 * 1777);
    }

    @Test
    void lastOfEqualStartsIsMeant() {
        OrcTable table = table(
                new OrcBuilder(TEXT).entry(0, 8, 0, 0x0205).entry(16, 0, 0, 0).entry(16, 24, 0, 0x0205));

        assertThat(table.entry(table.find(TEXT + 20), OrcLayout.END_TYPE).offset())
                .isEqualTo(24);
    }

    @Test
    void pageThatTheDumpLacksIsAFaultAndOthersAnswer() {
        OrcTable table = table(everySixteenBytes(5000));
        memory.pages().remove((ENTRIES + 6 * 2000) >>> 12);

        assertThat(table.entry(1, OrcLayout.END_TYPE).offset()).isEqualTo(8);
        assertThatThrownBy(() -> table.entry(2000, OrcLayout.END_TYPE)).isInstanceOf(MemoryFault.class);
    }

    @Test
    void countThatNoKernelHasIsNoTable() {
        FlatSpace space = new FlatSpace(memory, 8);
        assertThat(OrcTable.of(space, ADDRESSES, ENTRIES, 0)).isEmpty();
        assertThat(OrcTable.of(space, ADDRESSES, ENTRIES, -1)).isEmpty();
        assertThat(OrcTable.of(space, ADDRESSES, ENTRIES, 1L << 40)).isEmpty();
        assertThat(OrcTable.of(space, 0, ENTRIES, 10)).isEmpty();
    }

    /// Bytes flipped with a fixed seed: any answer, but always one.
    @Test
    void flippedBytesNeverFailTheSearch() {
        OrcBuilder orc = everySixteenBytes(2000);
        byte[] addresses = orc.addresses(ADDRESSES);
        byte[] entries = orc.entries();
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            addresses[random.nextInt(addresses.length)] ^= (byte) (1 << random.nextInt(8));
            entries[random.nextInt(entries.length)] ^= (byte) (1 << random.nextInt(8));
            memory.put(ADDRESSES, addresses);
            memory.put(ENTRIES, entries);
            OrcTable table = OrcTable.of(new FlatSpace(memory, 8), ADDRESSES, ENTRIES, orc.count())
                    .orElseThrow();
            int found = table.find(TEXT + random.nextInt(16 * 2000));
            assertThat(found).isBetween(-1, 1999);
            if (found >= 0) {
                assertThat(table.entry(found, OrcLayout.END_TYPE)).isNotNull();
            }
        }
    }
}
