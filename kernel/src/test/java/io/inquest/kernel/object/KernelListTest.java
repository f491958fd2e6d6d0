package io.inquest.kernel.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.FlatSpace;
import io.inquest.kernel.type.IntegerType;
import io.inquest.kernel.type.Member;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.VoidType;
import io.inquest.testkit.SyntheticMemory;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KernelListTest {

    private static final long HEAD = 0x1000;
    private static final long LINKS = 16;

    private static final StructType LIST_HEAD = new StructType(StructType.Keyword.STRUCT, "list_head", 16, List::of);
    private static final StructType ENTRY = new StructType(
            StructType.Keyword.STRUCT,
            "entry",
            32,
            () -> List.of(
                    new Member("number", () -> new IntegerType("int", 4, true, IntegerType.Use.NUMBER), 0, 0),
                    new Member("list", () -> LIST_HEAD, LINKS * 8, 0)));

    private final SyntheticMemory memory = new SyntheticMemory(ByteOrder.LITTLE_ENDIAN);
    private final KernelObject head = KernelObject.at(new FlatSpace(memory, 8), VoidType.VOID, HEAD);

    /// A ring of entries, each in a page of its own, numbered by their pages.
    private void ring(long... pages) {
        long before = HEAD;
        for (long page : pages) {
            long node = page * 4096 + LINKS;
            memory.put32(page * 4096, (int) page);
            link(before, node);
            before = node;
        }
        link(before, HEAD);
    }

    private void link(long node, long next) {
        memory.put64(node, next);
        memory.put64(next + 8, node);
    }

    private static List<Integer> numbers(Walk<KernelObject> walk) {
        return walk.map(each -> each.member("number").intValue()).toList();
    }

    @Test
    void emptyRingHasNoEntries() {
        ring();
        Walk<KernelObject> walk = KernelList.entries(head, ENTRY, "list");
        assertThat(numbers(walk)).isEmpty();
        assertThat(walk.end()).isEqualTo(new WalkEnd.Complete());
    }

    @Test
    void entriesComeInOrderAndBackwards() {
        ring(7, 3, 9);
        assertThat(numbers(KernelList.entries(head, ENTRY, "list"))).containsExactly(7, 3, 9);
        assertThat(numbers(KernelList.backwards(head, ENTRY, "list"))).containsExactly(9, 3, 7);
    }

    @Test
    void pageThatTheDumpLacksEndsBothWaysBeforeIt() {
        ring(7, 3, 5, 9);
        memory.pages().remove(3L);
        Walk<KernelObject> walk = KernelList.entries(head, ENTRY, "list");
        assertThat(numbers(walk)).containsExactly(7);
        assertThat(walk.end()).isEqualTo(new WalkEnd.Fault("no page at 0x3010"));
        assertThat(numbers(KernelList.backwards(head, ENTRY, "list"))).containsExactly(9, 5);
    }

    @Test
    void ringThatLeadsBackIntoItselfEndsAsALoop() {
        ring(7, 3, 9);
        memory.put64(9 * 4096 + LINKS, 3 * 4096 + LINKS);
        Walk<KernelObject> walk = KernelList.entries(head, ENTRY, "list");
        assertThat(numbers(walk)).containsExactly(7, 3, 9);
        assertThat(walk.end()).isEqualTo(new WalkEnd.Loop(3 * 4096 + LINKS));
    }
}
