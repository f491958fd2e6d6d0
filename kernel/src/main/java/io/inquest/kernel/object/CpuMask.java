package io.inquest.kernel.object;

import java.util.BitSet;
import java.util.List;

/// A set of CPU numbers, such as those that are possible, present or online.
///
/// In memory it is a `struct cpumask`: an array of `unsigned long`, bit n of it for CPU n
/// (`include/linux/cpumask.h`). The kernel makes it as long as its configuration's `NR_CPUS`, and uses the first
/// `nr_cpu_ids` bits.
///
/// Immutable.
public final class CpuMask {

    /// More CPUs than any kernel can be configured for.
    private static final int MOST_CPUS = 1 << 16;

    private final BitSet bits;

    private CpuMask(BitSet bits) {
        this.bits = bits;
    }

    /// The set of the CPUs 0 to `count` - 1.
    public static CpuMask ofFirst(int count) {
        BitSet bits = new BitSet();
        bits.set(0, Math.clamp(count, 0, MOST_CPUS));
        return new CpuMask(bits);
    }

    /// The set in memory at a `struct cpumask` or an array of `unsigned long`; of at most `limit` CPUs.
    ///
    /// Throws a [io.inquest.dump.MemoryFault] when it cannot be read.
    public static CpuMask read(KernelObject mask, int limit) {
        int most = Math.clamp(Math.min(mask.bytes() * Byte.SIZE, limit), 0, MOST_CPUS);
        int wordBits = mask.space().wordBytes() * Byte.SIZE;
        KernelObject words = mask.loaded();
        BitSet bits = new BitSet(most);
        for (int first = 0; first < most; first += wordBits) {
            long word = words.word(first / wordBits);
            for (int bit = 0; bit < wordBits && first + bit < most; bit++) {
                bits.set(first + bit, (word >>> bit & 1) != 0);
            }
        }
        return new CpuMask(bits);
    }

    public boolean contains(int cpu) {
        return cpu >= 0 && bits.get(cpu);
    }

    public int count() {
        return bits.cardinality();
    }

    /// The numbers in ascending order.
    public List<Integer> cpus() {
        return bits.stream().boxed().toList();
    }

    /// As the kernel prints it (`%*pbl`): `0-3,7`.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int first = bits.nextSetBit(0); first >= 0; ) {
            int end = bits.nextClearBit(first);
            text.append(text.isEmpty() ? "" : ",").append(first);
            if (end > first + 1) {
                text.append('-').append(end - 1);
            }
            first = bits.nextSetBit(end);
        }
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CpuMask mask && mask.bits.equals(bits);
    }

    @Override
    public int hashCode() {
        return bits.hashCode();
    }
}
