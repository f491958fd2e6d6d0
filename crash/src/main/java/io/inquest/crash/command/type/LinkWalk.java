package io.inquest.crash.command.type;

import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.object.Walk;
import io.inquest.kernel.object.WalkBroken;
import io.inquest.kernel.object.WalkEnd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Goes from link to link, whatever they are links of.
///
/// The list ends well where it comes back to its start or to a given address, or at a null pointer.
final class LinkWalk {

    private static final int MOST_ENTRIES = 8_000_000;

    private final AddressSpace space;
    private final long start;
    private final long link;
    private final long target;
    private final boolean headOnly;
    private final long end;

    /// @param start address of the first entry
    /// @param link offset in an entry of the pointer to the next
    /// @param target offset in the next entry of what that pointer leads to
    /// @param headOnly whether the first one is a head, which is no entry
    /// @param end the entry or link to stop before, 0 for none
    LinkWalk(AddressSpace space, long start, long link, long target, boolean headOnly, long end) {
        this.space = space;
        this.start = start;
        this.link = link;
        this.target = target;
        this.headOnly = headOnly;
        this.end = end;
    }

    /// The addresses of the entries.
    Walk<Long> walk() {
        return Walk.of(new Step());
    }

    private final class Step implements Walk.Step<Long> {

        private final Set<Long> passed = new HashSet<>();
        private long at = start;
        private boolean begun;

        @Override
        public @Nullable Long next() {
            if (!begun) {
                begun = true;
                if (!headOnly) {
                    passed.add(start);
                    return start;
                }
            }
            long pointer = follow(at);
            long next = pointer - target;
            if (pointer == 0 || next == start || next == end || pointer == end) {
                return null;
            }
            if (!passed.add(next)) {
                throw new WalkBroken(new WalkEnd.Loop(next));
            }
            if (passed.size() > MOST_ENTRIES) {
                throw new WalkBroken(new WalkEnd.Limit(MOST_ENTRIES));
            }
            at = next;
            return next;
        }

        private long follow(long from) {
            try {
                return space.readWord(from + link);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
