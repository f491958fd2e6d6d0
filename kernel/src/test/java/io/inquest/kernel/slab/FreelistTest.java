package io.inquest.kernel.slab;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.FlatSpace;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.WalkEnd;
import io.inquest.kernel.type.IntegerType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.Member;
import io.inquest.kernel.type.StructType;
import io.inquest.testkit.SyntheticMemory;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Chains of free objects in a slab of eight objects of 64 bytes.
final class FreelistTest {

    private static final long MEMORY = 0xffff_8880_0001_0000L;
    private static final long DESCRIPTION = MEMORY + 4096;
    private static final long CACHE = DESCRIPTION + 512;
    private static final long STRIDE = 64;
    private static final int POINTER = 32;
    private static final long RANDOM = 0x5bf6_1234_9abc_def0L;
    private static final IntegerType LONG = new IntegerType("unsigned long", 8, false, IntegerType.Use.NUMBER);
    private static final IntegerType INT = new IntegerType("unsigned int", 4, false, IntegerType.Use.NUMBER);

    /// A page of objects and one that describes them.
    private final SyntheticMemory memory = new SyntheticMemory(ByteOrder.LITTLE_ENDIAN);

    private final FlatSpace space = new FlatSpace(memory, Long.BYTES);
    private final KernelType pair = struct("kmem_cache_order_objects", List.of(new Member("x", () -> INT, 0, 0)));
    private final StructType cacheType = struct(
            "kmem_cache",
            List.of(
                    new Member("size", () -> INT, 0, 0),
                    new Member("offset", () -> INT, 32, 0),
                    new Member("oo", () -> pair, 64, 0),
                    new Member("random", () -> LONG, 128, 0)));
    private final StructType slabType = struct(
            "slab",
            List.of(
                    new Member("freelist", () -> LONG, 0, 0),
                    new Member("inuse", () -> INT, 64, 16),
                    new Member("objects", () -> INT, 80, 15)));

    private static StructType struct(String tag, List<Member> members) {
        return new StructType(StructType.Keyword.STRUCT, tag, 64, () -> members);
    }

    private Slab slab(long random) {
        memory.reserve(MEMORY, 8192);
        memory.put32(CACHE, (int) STRIDE);
        memory.put32(CACHE + 4, POINTER);
        memory.put32(CACHE + 8, 8);
        memory.put64(CACHE + 16, random);
        memory.put32(DESCRIPTION + 8, 3 | 8 << 16);
        SlabCache cache = new SlabCache(KernelObject.at(space, cacheType, CACHE));
        return new Slab(KernelObject.at(space, slabType, DESCRIPTION), cache, MEMORY);
    }

    private void link(int from, long next, long scrambledWith) {
        memory.put64(slot(from), next ^ scrambledWith);
    }

    private static long object(int index) {
        return MEMORY + index * STRIDE;
    }

    private static long slot(int index) {
        return object(index) + POINTER;
    }

    @Test
    void plainPointersAreFollowed() {
        Slab slab = slab(0);
        link(5, object(2), 0);
        link(2, 0, 0);
        Freelist list = Freelist.from(slab, object(5));
        assertThat(list.free().stream()).containsExactly(2, 5);
        assertThat(list.end().isComplete()).isTrue();
    }

    @Test
    void pointersScrambledWithTheReversedAddressAreFollowed() {
        Slab slab = slab(RANDOM);
        link(5, object(2), RANDOM ^ Long.reverseBytes(slot(5)));
        link(2, 0, RANDOM ^ Long.reverseBytes(slot(2)));
        assertThat(Freelist.from(slab, object(5)).free().stream()).containsExactly(2, 5);
    }

    @Test
    void pointersScrambledWithThePlainAddressAreFollowed() {
        Slab slab = slab(RANDOM);
        link(5, object(2), RANDOM ^ slot(5));
        link(2, 0, RANDOM ^ slot(2));
        assertThat(Freelist.from(slab, object(5)).free().stream()).containsExactly(2, 5);
    }

    @Test
    void aChainThatComesBackIsALoop() {
        Slab slab = slab(0);
        link(1, object(3), 0);
        link(3, object(1), 0);
        Freelist list = Freelist.from(slab, object(1));
        assertThat(list.end()).isEqualTo(new WalkEnd.Loop(object(1)));
        assertThat(list.free().stream()).containsExactly(1, 3);
    }

    @Test
    void aChainThatLeavesTheSlabIsTold() {
        Slab slab = slab(0);
        link(1, 0xdead_beefL, 0);
        Freelist list = Freelist.from(slab, object(1));
        assertThat(list.end().sentence()).contains("0xdeadbeef").contains("none of its objects");
    }

    @Test
    void anyBytesGiveAnEnd() {
        Slab slab = slab(RANDOM);
        Random random = new Random(11);
        for (int round = 0; round < 1000; round++) {
            for (int i = 0; i < 8; i++) {
                link(i, random.nextInt(3) == 0 ? random.nextLong() : object(random.nextInt(9)), 0);
            }
            Freelist list = Freelist.from(slab, object(random.nextInt(8)));
            assertThat(list.free().cardinality()).isBetween(1, 8);
        }
    }

    @Test
    void countsAreThoseOfTheBitFields() {
        Slab slab = slab(0);
        assertThat(slab.objects()).isEqualTo(8);
        assertThat(slab.taken()).isEqualTo(3);
        assertThat(slab.free()).isEqualTo(5);
        assertThat(slab.indexOf(object(7) + 63)).isEqualTo(7);
        assertThat(slab.indexOf(object(8))).isEqualTo(-1);
        assertThat(slab.indexOf(MEMORY - 1)).isEqualTo(-1);
    }
}
