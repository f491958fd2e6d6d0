package io.inquest.kernel.object;

import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.type.StructType;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// The kernel's doubly linked rings, `struct list_head` (kernel: `include/linux/types.h`).
///
/// | Offset | Size   | Member | Meaning                                                     |
/// |-------:|--------|--------|-------------------------------------------------------------|
/// |      0 | a word | `next` | address of the next entry's `list_head`, or of the head's   |
/// | a word | a word | `prev` | address of the one before                                   |
public final class KernelList {

    private KernelList() {}

    /// The structs on a ring, the head's own not included.
    ///
    /// @param head the `list_head` that the ring begins at
    /// @param type what the entries are
    /// @param member the path of the `list_head` in them that is on this ring
    public static Walk<KernelObject> entries(KernelObject head, StructType type, String member) {
        return entries(head, type, member, 0);
    }

    /// As [#entries], from the last one to the first.
    public static Walk<KernelObject> backwards(KernelObject head, StructType type, String member) {
        return entries(head, type, member, head.space().wordBytes());
    }

    private static Walk<KernelObject> entries(KernelObject head, StructType type, String member, int link) {
        AddressSpace space = head.space();
        long offset = type.offsetOf(member);
        return Walk.of(new Ring(space, head.address(), link)).map(node -> KernelObject.at(space, type, node - offset));
    }

    /// One way around a ring.
    private static final class Ring implements Walk.Step<Long> {

        private final AddressSpace space;
        private final long head;
        private final int link;
        private final Passed passed = new Passed();
        private long last;

        Ring(AddressSpace space, long head, int link) {
            this.space = space;
            this.head = head;
            this.link = link;
            this.last = head;
        }

        /// An entry whose own links cannot be read is not given: it is no entry, or the dump lacks it.
        @Override
        public @Nullable Long next() {
            long node = follow(last);
            if (node == head) {
                return null;
            }
            follow(node);
            passed.chain(node);
            last = node;
            return node;
        }

        private long follow(long node) {
            try {
                return space.readWord(node + link);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
