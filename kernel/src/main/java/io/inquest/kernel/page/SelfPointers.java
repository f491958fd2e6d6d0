package io.inquest.kernel.page;

import io.inquest.dump.Machine;
import io.inquest.dump.salvage.FrameEvidence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Tells which frame a page is of by the empty lists in it.
///
/// An empty `struct list_head` points twice at itself. Where the kernel maps memory in one piece (the direct map, the
/// kernel's image, each 2 MiB of struct pages) that address is the frame's plus a constant of the running kernel. The
/// constants are learned from the dump itself: they are what many pages agree on. Inodes, dentries, wait queues and
/// mutexes are full of empty lists, so every few pages of kernel data tell their frame. Source: `INIT_LIST_HEAD` in
/// `include/linux/list.h`.
///
/// One thread at a time.
public final class SelfPointers implements FrameEvidence {

    /// Pages of 2 MiB map the kernel, so a virtual address and its frame differ by a multiple of that.
    private static final long ALIGNMENT = 2 << 20;

    /// How many frames a claimed frame may be beside the right one, where no constant is learned from claims that are
    /// right: wrong bits of a bitmap move the pages behind them by their number.
    private static final long MOST_MOVED = 64;

    private static final int LEAST_VOTES = 6;
    private static final int MOST_BASES = 1 << 16;
    private static final int LEAST_AGREEING = 2;
    private static final int MOST_CANDIDATES = 512;

    /// The direct map begins at a multiple of what an entry of the third level of page tables maps, also
    /// where its place is random (Linux, arch/x86/mm/kaslr.c).
    private static final long DIRECT_MAP_ALIGNMENT = 1 << 30;

    private static final int LEAST_PAGES = 32;

    private final int wordBytes;
    private final int pageShift;
    private final Map<Long, Base> bases = new HashMap<>();
    private final Map<Long, Base> nearBases = new HashMap<>();
    private final List<Base> believed = new ArrayList<>();
    private final List<Long> addresses = new ArrayList<>();
    private final long[] starts = new long[MOST_CANDIDATES];
    private final long[] frames = new long[MOST_CANDIDATES];

    /// A constant that some pages agree on, and between which virtual addresses.
    private static final class Base {

        private final long value;
        private long least = Long.MAX_VALUE;
        private long most = Long.MIN_VALUE;
        private int votes;

        Base(long value) {
            this.value = value;
        }

        void vote(long address) {
            votes++;
            least = Math.min(least, address);
            most = Math.max(most, address);
        }
    }

    /// For dumps of a machine.
    public SelfPointers(Machine machine) {
        wordBytes = machine.wordBytes();
        pageShift = machine.pageShift();
    }

    /// Finds the virtual addresses that the page would have if its lists were empty; answers their number.
    private int candidates(ByteBuffer page) {
        int count = 0;
        long offsets = (1L << pageShift) - 1;
        for (int at = 0; at + 2 * wordBytes <= page.limit() && count < MOST_CANDIDATES; at += wordBytes) {
            long value = word(page, at);
            boolean isKernel = wordBytes == 8 ? value < 0 : value >= 1L << 30;
            if (isKernel && (value & offsets) == at && word(page, at + wordBytes) == value) {
                starts[count++] = value - at;
            }
        }
        return count;
    }

    private long word(ByteBuffer page, int at) {
        return wordBytes == 8 ? page.getLong(at) : page.getInt(at) & 0xffff_ffffL;
    }

    @Override
    public void learn(long claimedPfn, ByteBuffer page) {
        int count = candidates(page);
        long before = 0;
        for (int i = 0; i < count; i++) {
            long candidate = starts[i] - (claimedPfn << pageShift);
            boolean isNew = i == 0 || starts[i] != before;
            long near = candidate + ALIGNMENT / 2 & -ALIGNMENT;
            if (isNew && near == candidate) {
                vote(bases, candidate, starts[i]);
            }
            if (isNew && Math.abs(candidate - near) <= MOST_MOVED << pageShift) {
                vote(nearBases, near, starts[i]);
            }
            before = starts[i];
        }
    }

    private static void vote(Map<Long, Base> bases, long constant, long address) {
        if (bases.size() < MOST_BASES || bases.containsKey(constant)) {
            bases.computeIfAbsent(constant, Base::new).vote(address);
        }
    }

    @Override
    public boolean learned() {
        return believe(bases);
    }

    /// A page's place within 2 MiB is the same in both kinds of addresses. So where all claims are moved by a few
    /// frames,
    /// the constant is the multiple of 2 MiB that is nearest.
    @Override
    public boolean learnedFromMoved() {
        return believe(nearBases);
    }

    /// Keeps the address that the page has in a mapping that is not known yet.
    @Override
    public void learn(ByteBuffer page) {
        int count = candidates(page);
        for (int i = 1; i < count; i++) {
            if (starts[i] == starts[i - 1] && addresses.size() < MOST_BASES) {
                addresses.add(starts[i]);
                return;
            }
        }
    }

    /// Most pages are known by their address in the direct map, which is as large as the machine. It begins
    /// where all of them are pages of memory; if it can begin at several places, nothing is known.
    @Override
    public boolean learnedFromPages(MachineMemory memory, long endPfn) throws IOException {
        List<Long> mapped = mostWithin(endPfn << pageShift);
        if (wordBytes < Long.BYTES || mapped.size() < LEAST_PAGES) {
            return false;
        }
        List<Base> possible = new ArrayList<>();
        long least = mapped.getFirst();
        long most = mapped.getLast();
        long start = least & -DIRECT_MAP_ALIGNMENT;
        for (; ((most - start) >>> pageShift) < endPfn && possible.size() < 2; start -= DIRECT_MAP_ALIGNMENT) {
            if (areMemory(mapped, start, memory)) {
                Base base = new Base(start);
                base.vote(least);
                base.vote(most);
                possible.add(base);
            }
        }
        believed.clear();
        if (possible.size() == 1) {
            believed.add(possible.getFirst());
        }
        return !believed.isEmpty();
    }

    /// The largest number of addresses in a stretch of so many bytes, rising.
    private List<Long> mostWithin(long bytes) {
        List<Long> sorted = new ArrayList<>(addresses);
        sorted.sort(Comparator.naturalOrder());
        int from = 0;
        int bestFrom = 0;
        int bestEnd = 0;
        for (int end = 1; end <= sorted.size(); end++) {
            while (sorted.get(end - 1) - sorted.get(from) >= bytes) {
                from++;
            }
            if (end - from > bestEnd - bestFrom) {
                bestFrom = from;
                bestEnd = end;
            }
        }
        return sorted.subList(bestFrom, bestEnd);
    }

    private boolean areMemory(List<Long> mapped, long start, MachineMemory memory) throws IOException {
        int others = 0;
        for (long address : mapped) {
            others += memory.has((address - start) >>> pageShift) ? 0 : 1;
        }
        return others <= mapped.size() / 100;
    }

    private boolean believe(Map<Long, Base> voted) {
        believed.clear();
        List<Base> byVotes = new ArrayList<>(voted.values());
        byVotes.sort(Comparator.comparingInt((Base base) -> -base.votes));
        for (Base base : byVotes) {
            if (base.votes >= LEAST_VOTES && isApart(base)) {
                believed.add(base);
            }
        }
        return !believed.isEmpty();
    }

    /// Whether the addresses of a constant are no addresses of one that more pages agree on: frames behind a wrong bit
    /// can agree on a wrong one by accident.
    private boolean isApart(Base base) {
        for (Base better : believed) {
            if (base.least <= better.most && better.least <= base.most) {
                return false;
            }
        }
        return true;
    }

    /// The frame at a virtual address: by the constant that is known between such addresses, or else by that which most
    /// pages agree on, the direct map's.
    private long frameAt(long address) {
        for (Base base : believed) {
            if (address >= base.least && address <= base.most) {
                return (address - base.value) >> pageShift;
            }
        }
        return believed.isEmpty() ? UNKNOWN : (address - believed.getFirst().value) >> pageShift;
    }

    @Override
    public long frameOf(ByteBuffer page) {
        int count = 0;
        int all = candidates(page);
        for (int i = 0; i < all; i++) {
            long frame = frameAt(starts[i]);
            if (frame >= 0) {
                frames[count++] = frame;
            }
        }
        long best = UNKNOWN;
        int bestVotes = 0;
        for (int i = 0; i < count; i++) {
            int agreeing = 0;
            for (int j = 0; j < count; j++) {
                agreeing += frames[j] == frames[i] ? 1 : 0;
            }
            if (agreeing > bestVotes) {
                bestVotes = agreeing;
                best = frames[i];
            }
        }
        return bestVotes >= LEAST_AGREEING && 3 * bestVotes > 2 * count ? best : UNKNOWN;
    }
}
