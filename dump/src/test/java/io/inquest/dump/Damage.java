package io.inquest.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.inquest.dump.io.MemorySource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/// Damages a dump in every way that a test can think of, and checks that reading it only ever fails as documented.
public final class Damage {

    private static final long MOST_FRAMES = 1 << 12;

    private Damage() {}

    /// Cuts `dump` at every length up to `densely`, and behind that at every 61st.
    public static void cutEverywhere(byte[] dump, int densely) {
        for (int length = 0; length < dump.length; length += length < densely ? 1 : 61) {
            readAll(Arrays.copyOf(dump, length), "cut at byte " + length);
        }
    }

    /// Flips up to three bits, `rounds` times, in the first `within` bytes.
    public static void flipBits(byte[] dump, int within, int rounds, long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < rounds; round++) {
            byte[] damaged = dump.clone();
            StringBuilder where = new StringBuilder("seed " + seed + ", round " + round + ", flipped");
            for (int i = random.nextInt(3); i >= 0; i--) {
                int at = random.nextInt(Math.min(within, dump.length));
                int bit = random.nextInt(8);
                damaged[at] ^= (byte) (1 << bit);
                where.append(' ').append(at).append('.').append(bit);
            }
            readAll(damaged, where.toString());
        }
    }

    /// Opens and reads everything. A [DumpException] is fine, and so are lost frames; nothing else is.
    private static void readAll(byte[] bytes, String how) {
        try (Dump dump = Dumps.open(new MemorySource("damaged", bytes), Warnings.NONE)) {
            PhysicalMemory memory = dump.memory();
            int pageBytes = memory.pageBytes();
            long frames = Math.min(memory.endPfn(), MOST_FRAMES);
            PageBitmap window = PageBitmap.of(0, (int) MOST_FRAMES);
            memory.markExisting(window);
            memory.markStored(window);
            ByteBuffer target = ByteBuffer.allocate(16 * pageBytes);
            PageState[] states = new PageState[16];
            for (long pfn = 0; pfn < frames; pfn += 16) {
                memory.readPages(pfn, 16, target.clear(), states);
                assertThat(states).as(how).doesNotContainNull();
            }
            memory.state(memory.endPfn() - 1);
            readBytes(memory, frames << memory.pageShift());
            assertThat(dump.completeness().remarks()).as(how).isNotNull();
            assertThat(dump.vmcoreinfo()).as(how).isNotNull();
            assertThat(dump.header().format()).as(how).isNotEmpty();
        } catch (DumpException expected) {
            assertThat(expected.getMessage()).as(how).startsWith("damaged");
        } catch (IOException | RuntimeException | OutOfMemoryError wrong) {
            fail(how, wrong);
        }
    }

    private static void readBytes(PhysicalMemory memory, long end) throws IOException {
        for (long address = 100; address < end; address += 3 << memory.pageShift()) {
            try {
                memory.read(address, ByteBuffer.allocate(8000));
            } catch (MemoryFault expected) {
                assertThat(expected.state().readable()).isFalse();
            }
        }
    }
}
