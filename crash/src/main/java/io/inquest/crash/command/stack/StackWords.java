package io.inquest.crash.command.stack;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.slab.SlabCaches;
import io.inquest.kernel.slab.SlabObject;
import io.inquest.kernel.symbol.Place;
import java.io.IOException;
import java.util.Optional;

/// What the words on a stack are called: `schedule+39`, and of objects of the slab allocator `[task_struct]`.
final class StackWords {

    private final Kernel kernel;
    private final boolean withAddresses;
    private final SlabCaches caches;

    /// With `withAddresses` objects are `[ffff8e730123c200:task_struct]`.
    StackWords(Kernel kernel, boolean withAddresses) throws IOException {
        this.kernel = kernel;
        this.withAddresses = withAddresses;
        this.caches = SlabCaches.of(kernel);
    }

    /// Empty for a word that is only a number.
    Optional<String> name(long word) throws IOException {
        Optional<Place> place = kernel.symbols().at(word);
        if (place.isPresent()) {
            long offset = place.get().offset();
            return Optional.of(place.get().symbol().name() + (offset == 0 ? "" : "+" + offset));
        }
        if (!kernel.pageTables().isKernelAddress(word)) {
            return Optional.empty();
        }
        try {
            return caches.objectAt(word).map(object -> name(word, object));
        } catch (MemoryFault lost) {
            return Optional.empty();
        }
    }

    private String name(long word, SlabObject object) {
        String cache = object.slab().cache().name();
        return "[" + (withAddresses ? Long.toHexString(word) + ":" : "") + cache + "]";
    }
}
