package io.inquest.kernel.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ChainTest {

    private static final long HEAD = 0x1000;

    private final SyntheticStructs structs = new SyntheticStructs();

    ChainTest() {
        int node = structs.btf.struct("hlist_node", 16, structs.btf.member("next", structs.pointer, 0));
        structs.btf.struct("hlist_head", 8, structs.btf.member("first", structs.pointer, 0));
        structs.btf.struct("hlist_nulls_head", 8, structs.btf.member("first", structs.pointer, 0));
        structs.btf.struct(
                "entry",
                48,
                structs.btf.member("number", structs.word, 0),
                structs.btf.member("node", node, 128),
                structs.btf.member("next", structs.pointer, 320));
    }

    private Walk<KernelObject> entries(String head) {
        return Chain.entries(structs.at(head, HEAD), structs.types().struct("entry"), "node");
    }

    private static List<Long> numbers(Walk<KernelObject> walk) {
        return walk.map(each -> each.member("number").unsigned()).toList();
    }

    /// An entry whose node leads to `next`.
    private void entry(long address, long number, long next) {
        structs.put(address, number);
        structs.put(address + 16, next);
    }

    @Test
    void hashListEndsWithNull() {
        structs.put(HEAD, 0x2010);
        entry(0x2000, 1, 0x3010);
        entry(0x3000, 2, 0);

        Walk<KernelObject> walk = entries("struct hlist_head");
        assertThat(numbers(walk)).containsExactly(1L, 2L);
        assertThat(walk.end()).isEqualTo(new WalkEnd.Complete());
    }

    @Test
    void lockInTheHeadIsNoPartOfTheAddress() {
        structs.put(HEAD, 0x2011);
        entry(0x2000, 1, 0);

        assertThat(numbers(entries("struct hlist_head"))).containsExactly(1L);
    }

    @Test
    void listOfNullsEndsWithAnyOddPointer() {
        structs.put(HEAD, 0x2010);
        entry(0x2000, 1, 0x4b);
        assertThat(numbers(entries("struct hlist_nulls_head"))).containsExactly(1L);

        structs.put(HEAD, 0x4b);
        assertThat(numbers(entries("struct hlist_nulls_head"))).isEmpty();
    }

    @Test
    void structsAreFollowedByTheirOwnPointer() {
        structs.put(HEAD, 0x2000);
        structs.put(0x2000, 7);
        structs.put(0x2028, 0x3000);
        structs.put(0x3000, 8);
        structs.put(0x3028, 0);

        Walk<KernelObject> walk =
                Chain.through(structs.at("void *", HEAD), structs.types().struct("entry"), "next");
        assertThat(numbers(walk)).containsExactly(7L, 8L);
    }

    @Test
    void chainThatComesBackEndsThere() {
        structs.put(HEAD, 0x2010);
        entry(0x2000, 1, 0x3010);
        entry(0x3000, 2, 0x2010);

        Walk<KernelObject> walk = entries("struct hlist_head");
        assertThat(numbers(walk)).containsExactly(1L, 2L);
        assertThat(walk.end()).isEqualTo(new WalkEnd.Loop(0x2010));
    }

    @Test
    void chainIntoMemoryThatIsNotThereEndsAsAFault() {
        structs.put(HEAD, 0x2010);
        entry(0x2000, 1, 0x7777_0000);
        entry(0x3000, 2, 0);

        Walk<KernelObject> walk = entries("struct hlist_head");
        assertThat(walk.first(each -> each.address() == 0x7777_0000 - 16)).isPresent();
        assertThat(walk.toList()).isEmpty();
        assertThat(SyntheticStructs.isFault(walk.end())).isTrue();
    }
}
