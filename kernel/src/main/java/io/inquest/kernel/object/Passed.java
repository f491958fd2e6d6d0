package io.inquest.kernel.object;

import io.inquest.dump.MemoryFault;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The places that a walk has passed, and what it had to leave out.
///
/// A chain ends where something is wrong. A tree has other branches, so there the walk goes on, and tells of the
/// first thing it met at its end.
final class Passed {

    /// More than any structure of a kernel that still worked.
    private static final int MOST = 4_000_000;

    private final Set<Long> addresses = new HashSet<>();
    private @Nullable WalkEnd first;

    /// Notes a place of a chain; ends the walk when it was passed before.
    void chain(long address) {
        if (!addresses.add(address)) {
            throw new WalkBroken(new WalkEnd.Loop(address));
        }
        limit();
    }

    /// Notes a node of a tree; false when it was passed before and must not be entered.
    boolean enter(long address) {
        if (!addresses.add(address)) {
            leaveOut(new WalkEnd.Loop(address));
            return false;
        }
        limit();
        return true;
    }

    private void limit() {
        if (addresses.size() > MOST) {
            throw new WalkBroken(new WalkEnd.Limit(MOST));
        }
    }

    /// A node with its memory read, or null when it cannot be: then its branch is left out.
    @Nullable
    KernelObject readable(KernelObject node) {
        try {
            return node.loaded();
        } catch (MemoryFault fault) {
            leaveOut(new WalkEnd.Fault(fault.getMessage()));
            return null;
        }
    }

    void leaveOut(WalkEnd why) {
        if (first == null) {
            first = why;
        }
    }

    /// Behind the last branch: ends the walk as broken if one was left out.
    void finish() {
        if (first != null) {
            throw new WalkBroken(first);
        }
    }
}
