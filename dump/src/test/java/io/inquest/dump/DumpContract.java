package io.inquest.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.testkit.PagePattern;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// What every [Dump] promises, tried on one of 64 frames of 4096 bytes, see [#expected].
public abstract class DumpContract {

    protected static final int FRAMES = 64;
    protected static final int PAGE = 4096;

    protected DumpContract() {}

    /// A dump whose frames 8 to 15 and 40 to 63 are stored with their [PagePattern]; of the others, each has the state
    /// that [#expected] gives.
    protected abstract Dump open() throws IOException;

    protected abstract PageState expected(int pfn);

    private byte[] contents(int pfn) {
        return expected(pfn) == PageState.STORED ? PagePattern.of(pfn, PAGE) : new byte[PAGE];
    }

    @Test
    void everyFrameHasItsState() throws IOException {
        try (Dump dump = open()) {
            for (int pfn = 0; pfn < FRAMES; pfn++) {
                assertThat(dump.memory().state(pfn)).as("frame %d", pfn).isEqualTo(expected(pfn));
            }
        }
    }

    @Test
    void framesOutsideTheDumpAreAbsent() throws IOException {
        try (Dump dump = open()) {
            assertThat(dump.memory().endPfn()).isEqualTo(FRAMES);
            for (long pfn : new long[] {-1, FRAMES, 1L << 40, Long.MAX_VALUE}) {
                assertThat(dump.memory().state(pfn)).isEqualTo(PageState.ABSENT);
            }
        }
    }

    @Test
    void framesThatAreSaidToBeAlikeAre() throws IOException {
        try (Dump dump = open()) {
            PhysicalMemory memory = dump.memory();
            PageBitmap existing = PageBitmap.of(0, FRAMES);
            PageBitmap held = PageBitmap.of(0, FRAMES);
            memory.markExisting(existing);
            memory.markStored(held);
            for (int pfn = 0; pfn < FRAMES; pfn++) {
                long end = memory.alikeUntil(pfn);
                assertThat(end).isGreaterThan(pfn);
                for (int other = pfn + 1; other < Math.min(end, FRAMES); other++) {
                    if (existing.get(other) != existing.get(pfn) || held.get(other) != held.get(pfn)) {
                        break;
                    }
                    assertThat(memory.state(other)).as("%d as %d", other, pfn).isEqualTo(memory.state(pfn));
                    assertThat(memory.exclusionCode(other)).isEqualTo(memory.exclusionCode(pfn));
                    assertThat(memory.storedForm(other)).isEqualTo(memory.storedForm(pfn));
                }
            }
        }
    }

    @Test
    void anyRunOfFramesCanBeRead() throws IOException {
        try (Dump dump = open()) {
            for (int from = 0; from < FRAMES; from += 5) {
                for (int count = 1; from + count <= FRAMES + 3; count += 7) {
                    checkRun(dump, from, count, ByteBuffer.allocate(count * PAGE + 32));
                    checkRun(dump, from, count, ByteBuffer.allocateDirect(count * PAGE + 32));
                }
            }
        }
    }

    private void checkRun(Dump dump, int from, int count, ByteBuffer target) throws IOException {
        for (int i = 0; i < target.capacity(); i++) {
            target.put(i, (byte) 0x77);
        }
        PageState[] states = new PageState[count];
        dump.memory().readPages(from, count, target.position(16), states);
        assertThat(target.position()).isEqualTo(16 + count * PAGE);
        for (int i = 0; i < count; i++) {
            boolean inside = from + i < FRAMES;
            assertThat(states[i]).isEqualTo(inside ? expected(from + i) : PageState.ABSENT);
            byte[] page = new byte[PAGE];
            target.get(16 + i * PAGE, page);
            assertThat(page).as("frame %d", from + i).isEqualTo(inside ? contents(from + i) : new byte[PAGE]);
        }
        assertThat(target.get(15)).isEqualTo((byte) 0x77);
        assertThat(target.get(target.capacity() - 16)).isEqualTo((byte) 0x77);
    }

    @Test
    void bytesCanBeReadAcrossFrames() throws IOException {
        try (Dump dump = open()) {
            byte[] all = new byte[8 * PAGE];
            for (int i = 0; i < 8; i++) {
                System.arraycopy(PagePattern.of(8 + i, PAGE), 0, all, i * PAGE, PAGE);
            }
            for (int from : new int[] {0, 1, PAGE - 1, PAGE, 3 * PAGE + 5}) {
                for (int length : new int[] {0, 1, 8, PAGE, 2 * PAGE + 1}) {
                    ByteBuffer target = ByteBuffer.allocate(length);
                    dump.memory().read(8L * PAGE + from, target);
                    assertThat(target.array()).isEqualTo(Arrays.copyOfRange(all, from, from + length));
                }
            }
            ByteBuffer whole = ByteBuffer.allocateDirect(8 * PAGE);
            dump.memory().read(8L * PAGE, whole);
            assertThat(whole.flip()).isEqualTo(ByteBuffer.wrap(all));
        }
    }

    @Test
    void readingAnUnreadableFrameIsAFaultThatTellsItsState() throws IOException {
        try (Dump dump = open()) {
            for (int pfn = 0; pfn <= FRAMES; pfn++) {
                PageState state = pfn < FRAMES ? expected(pfn) : PageState.ABSENT;
                if (!state.readable()) {
                    long address = (long) pfn * PAGE + 16;
                    assertThatThrownBy(() -> dump.memory().read(address, ByteBuffer.allocate(8)))
                            .isInstanceOfSatisfying(MemoryFault.class, fault -> {
                                assertThat(fault.state()).isEqualTo(state);
                                assertThat(fault.address()).isEqualTo(address);
                            })
                            .hasMessageContaining("page frame 0x" + Integer.toHexString(pfn) + " ");
                }
            }
        }
    }

    @Test
    void bitmapsAgreeWithTheStates() throws IOException {
        try (Dump dump = open()) {
            PageBitmap existing = PageBitmap.of(0, 128);
            PageBitmap stored = PageBitmap.of(0, 128);
            dump.memory().markExisting(existing);
            dump.memory().markStored(stored);
            for (int pfn = 0; pfn < 128; pfn++) {
                PageState state = dump.memory().state(pfn);
                assertThat(existing.get(pfn)).as("frame %d exists", pfn).isEqualTo(state != PageState.ABSENT);
                if (state != PageState.LOST) {
                    assertThat(stored.get(pfn)).as("frame %d stored", pfn).isEqualTo(state.readable());
                }
            }
        }
    }

    @Test
    void bitsThatWereSetStaySet() throws IOException {
        try (Dump dump = open()) {
            PageBitmap window = PageBitmap.of(0, 64);
            window.setRange(0, 64);
            dump.memory().markExisting(window);
            dump.memory().markStored(window);
            assertThat(window.cardinality()).isEqualTo(64);
        }
    }

    @Test
    void windowsBehindTheDumpStayEmpty() throws IOException {
        try (Dump dump = open()) {
            PageBitmap window = PageBitmap.of(1 << 20, 256);
            dump.memory().markExisting(window);
            dump.memory().markStored(window);
            assertThat(window.cardinality()).isZero();
        }
    }

    @Test
    void manyThreadsReadTheSame() throws Exception {
        try (Dump dump = open()) {
            Thread[] threads = new Thread[4];
            boolean[] right = new boolean[threads.length];
            for (int t = 0; t < threads.length; t++) {
                int mine = t;
                threads[t] = new Thread(() -> right[mine] = readsRight(dump));
                threads[t].start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(right).containsOnly(true);
        }
    }

    private boolean readsRight(Dump dump) {
        try {
            for (int round = 0; round < 50; round++) {
                for (int pfn = 8; pfn < 16; pfn++) {
                    ByteBuffer target = ByteBuffer.allocate(PAGE);
                    dump.memory().readPages(pfn, 1, target, new PageState[1]);
                    ByteBuffer again = ByteBuffer.allocate(PAGE);
                    dump.memory().read((long) pfn * PAGE, again);
                    if (!Arrays.equals(target.array(), PagePattern.of(pfn, PAGE))
                            || !Arrays.equals(again.array(), target.array())) {
                        return false;
                    }
                }
            }
            return true;
        } catch (IOException | RuntimeException failed) {
            return false;
        }
    }
}
