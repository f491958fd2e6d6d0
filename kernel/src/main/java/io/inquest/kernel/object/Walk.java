package io.inquest.kernel.object;

import io.inquest.dump.MemoryFault;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Objects found one after the other along links in the dead kernel's memory, and how that ended.
///
/// In a crashed kernel lists are cyclic, cut, or lead into pages that the dump does not hold. A walk gives what
/// it
/// finds and then tells why it stopped; it does not throw for what it meets. It is gone through once.
///
/// ```java
/// Walk<Task> tasks = kernel.tasks().all();
/// for (Task task : tasks) { … }
/// tasks.end();    // complete, loop, limit or fault
/// ```
public final class Walk<T> implements Iterable<T> {

    /// Finds the next object, one call a step.
    @FunctionalInterface
    public interface Step<T> {

        /// The next object, or null behind the last one.
        ///
        /// May throw a [MemoryFault], which ends the walk as a fault, or a [WalkBroken] for another end.
        @Nullable
        T next();
    }

    private final Step<T> step;
    private WalkEnd end = new WalkEnd.Running();

    private Walk(Step<T> step) {
        this.step = step;
    }

    public static <T> Walk<T> of(Step<T> step) {
        return new Walk<>(step);
    }

    /// Objects that are at hand.
    public static <T> Walk<T> of(Iterable<T> objects) {
        Iterator<T> iterator = objects.iterator();
        return new Walk<>(() -> iterator.hasNext() ? iterator.next() : null);
    }

    /// How the walk ended; [WalkEnd.Running] while it has not.
    public WalkEnd end() {
        return end;
    }

    private @Nullable T advance() {
        if (!(end instanceof WalkEnd.Running)) {
            return null;
        }
        try {
            T next = step.next();
            if (next == null) {
                end = new WalkEnd.Complete();
            }
            return next;
        } catch (MemoryFault fault) {
            end = new WalkEnd.Fault(fault.getMessage());
        } catch (WalkBroken broken) {
            end = broken.end();
        }
        return null;
    }

    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {
            private @Nullable T next = advance();

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public T next() {
                T current = next;
                if (current == null) {
                    throw new NoSuchElementException();
                }
                next = advance();
                return current;
            }
        };
    }

    /// Each object as something else; ends as this walk does.
    public <R> Walk<R> map(Function<? super T, ? extends R> function) {
        return new Walk<>(() -> {
            T next = advance();
            if (next == null) {
                passOnEnd();
                return null;
            }
            return function.apply(next);
        });
    }

    /// The objects that pass a test; ends as this walk does.
    public Walk<T> filter(Predicate<? super T> test) {
        return new Walk<>(() -> {
            for (T next = advance(); next != null; next = advance()) {
                if (test.test(next)) {
                    return next;
                }
            }
            passOnEnd();
            return null;
        });
    }

    /// Behind the last object of a mapped walk: it ends as this one did.
    private void passOnEnd() {
        if (!end.isComplete()) {
            throw new WalkBroken(end);
        }
    }

    /// What is left of the walk; afterwards [#end] tells how it ended.
    public List<T> toList() {
        List<T> all = new ArrayList<>();
        for (T each : this) {
            all.add(each);
        }
        return all;
    }

    /// The first object that passes a test, if one is met.
    public Optional<T> first(Predicate<? super T> test) {
        for (T each : this) {
            if (test.test(each)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
