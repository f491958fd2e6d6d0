package io.inquest.kernel.object;

import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.type.StructType;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// The kernel's singly linked lists: chains of pointers to the next.
///
/// | Head, entry                            | Ends with   | First pointer                | Kernel file    |
/// |----------------------------------------|-------------|------------------------------|----------------|
/// | `hlist_head`, `hlist_node`             | null        | `first`                      | `list.h`       |
/// | `hlist_bl_head`, `hlist_bl_node`       | null        | `first`, its bit 0 is a lock | `list_bl.h`    |
/// | `hlist_nulls_head`, `hlist_nulls_node` | any odd one | `first`                      | `list_nulls.h` |
/// | `llist_head`, `llist_node`             | null        | `first`                      | `llist.h`      |
/// | structs with a pointer to the next     | null        | such as `file_systems`       |                |
///
/// (The files are in `include/linux`.) In the first four the pointer to the next is the first word of head and
/// entry, and its bit 0 is never part of the address.
public final class Chain {

    private Chain() {}

    /// The structs on a list of the first four kinds.
    ///
    /// @param head the head of the list
    /// @param type what the entries are
    /// @param member the path of the node in them that is on this list
    public static Walk<KernelObject> entries(KernelObject head, StructType type, String member) {
        return walk(head, type, type.offsetOf(member), type.offsetOf(member));
    }

    /// The structs that a pointer leads to, one after the other by their own pointer `next`.
    ///
    /// @param first the pointer to the first one
    public static Walk<KernelObject> through(KernelObject first, StructType type, String next) {
        return walk(first, type, 0, type.offsetOf(next));
    }

    /// A pointer leads `inside` bytes into an entry, whose own pointer is `next` bytes from its start.
    private static Walk<KernelObject> walk(KernelObject first, StructType type, long inside, long next) {
        AddressSpace space = first.space();
        boolean oddEnds =
                first.type().plain() instanceof StructType head && head.tag().equals("hlist_nulls_head");
        return Walk.of(new Links(space, first.address(), next - inside, oddEnds))
                .map(address -> KernelObject.at(space, type, address - inside));
    }

    /// One way along a chain.
    private static final class Links implements Walk.Step<Long> {

        private final AddressSpace space;
        private final long toLink;
        private final boolean oddEnds;
        private final Passed passed = new Passed();
        private long link;

        Links(AddressSpace space, long first, long toLink, boolean oddEnds) {
            this.space = space;
            this.toLink = toLink;
            this.oddEnds = oddEnds;
            this.link = first;
        }

        @Override
        public @Nullable Long next() {
            long pointer = read(link);
            long entry = pointer & ~1L;
            if (entry == 0 || (oddEnds && entry != pointer)) {
                return null;
            }
            passed.chain(entry);
            link = entry + toLink;
            return entry;
        }

        private long read(long at) {
            try {
                return space.readWord(at);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
