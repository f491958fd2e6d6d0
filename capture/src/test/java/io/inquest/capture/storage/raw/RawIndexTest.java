package io.inquest.capture.storage.raw;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.capture.storage.raw.RawEntry.State;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RawIndexTest {

    private static final long ROOM = 1L << 40;

    private static final RawIndex INDEX = new RawIndex(
            7,
            List.of(
                    new RawEntry("h-2026-03-07-04:05:09", "vmcore", 1L << 33, 5000, State.WHOLE, "ab".repeat(32)),
                    new RawEntry("h-2026-03-07-04:05:09", "report.txt", 4096, 3, State.UNFINISHED, "0".repeat(64))));

    @Test
    void indexIsReadAsItIsWritten() {
        assertThat(RawIndex.decode(INDEX.encode(), ROOM)).contains(INDEX);
    }

    @Test
    void everyFlippedByteIsSeen() {
        byte[] copy = INDEX.encode();
        for (int at = 0; at < 600; at++) {
            copy[at] ^= 1;
            assertThat(RawIndex.decode(copy, ROOM)).as("byte " + at).isEmpty();
            copy[at] ^= 1;
        }
    }

    @Test
    void garbageIsNoIndex() {
        Random random = new Random(1);
        byte[] copy = new byte[RawIndex.BYTES];
        for (int round = 0; round < 100; round++) {
            random.nextBytes(copy);
            assertThat(RawIndex.decode(copy, ROOM)).isEmpty();
        }
    }

    @Test
    void entriesThatLeadOutOfTheDeviceAreLeftOut() {
        assertThat(RawIndex.decode(INDEX.encode(), 1 << 20).orElseThrow().entries())
                .extracting(RawEntry::name)
                .containsExactly("report.txt");
    }

    @Test
    void fullIndexFits() {
        RawIndex index = RawIndex.EMPTY;
        for (int i = 0; i < RawIndex.MOST_ENTRIES; i++) {
            index = index.with(new RawEntry("h", "file" + i, i, 1, State.WHOLE, "00".repeat(32)));
        }
        assertThat(RawIndex.decode(index.encode(), ROOM)).contains(index);
    }
}
