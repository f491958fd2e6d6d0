package io.inquest.makedumpfile.erase;

import io.inquest.kernel.object.KernelList;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.Walk;
import io.inquest.kernel.object.WalkBroken;
import io.inquest.kernel.object.WalkEnd;
import io.inquest.kernel.type.PointerType;
import io.inquest.kernel.type.Types;
import java.util.HashSet;
import java.util.Set;

/// What a loop of an erase configuration goes through.
final class LoopObjects {

    private static final int MOST_ELEMENTS = 1_000_000;

    private LoopObjects() {}

    /// The objects from `start` on, which is what the path of `source` leads to.
    static Walk<KernelObject> of(Statement.Source source, KernelObject start, Types types) throws UnfollowedRule {
        return switch (source) {
            case Statement.Source.Elements ignored -> elements(start);
            case Statement.Source.Chain chain -> chain(throughPointer(start), chain.next());
            case Statement.Source.Ring ring -> KernelList.entries(start, types.struct(ring.struct()), ring.member());
        };
    }

    private static Walk<KernelObject> elements(KernelObject array) throws UnfollowedRule {
        long length = array.length();
        if (length == 0) {
            throw new UnfollowedRule("is no array of known length: " + array.type());
        }
        int[] at = {0};
        return Walk.of(() -> {
            checkLimit(at[0]);
            return at[0] < length ? array.element(at[0]++) : null;
        });
    }

    /// From the first struct to the one whose pointer is null or leads back.
    private static Walk<KernelObject> chain(KernelObject first, String next) {
        Set<Long> passed = new HashSet<>();
        KernelObject[] at = {first};
        return Walk.of(() -> {
            KernelObject current = at[0];
            if (current.address() == 0 || !passed.add(current.address())) {
                return null;
            }
            checkLimit(passed.size());
            at[0] = current.member(next).dereference();
            return current;
        });
    }

    private static void checkLimit(int steps) {
        if (steps > MOST_ELEMENTS) {
            throw new WalkBroken(new WalkEnd.Limit(steps));
        }
    }

    /// What a pointer points at, or the object itself.
    static KernelObject throughPointer(KernelObject object) {
        return object.type().plain() instanceof PointerType ? object.dereference() : object;
    }
}
