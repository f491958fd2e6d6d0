package io.inquest.kernel.slab;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.kernel.HoledDump;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.OpenSamples;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A cache whose free objects are in a sheaf that the dump does not hold.
final class LostSheafTest {

    private static final String SAMPLE = "7.2-d23-flat";

    @Test
    void objectsInUseAreNotKnownWithoutTheSheaf() throws IOException {
        Kernel whole = OpenSamples.kernel(SAMPLE);
        SlabCache cache = withSheaf(whole);
        SlabUsage known = SlabCaches.of(whole).contents(cache).usage();
        assertThat(known.allocated()).isPresent();
        Sheaf lost = SlabCaches.of(whole).contents(cache).sheaves().stream()
                .filter(sheaf -> sheaf.size().orElse(0) > 0)
                .findFirst()
                .orElseThrow();
        Mapping.Mapped place = (Mapping.Mapped) whole.pageTables().translate(lost.address(), 1);

        HoledDump holed =
                new HoledDump(Dumps.open(List.of(Samples.unpack(SAMPLE)), Warnings.NONE), Set.of(place.to() >>> 12));
        try (Kernel kernel = Kernel.open(holed, Warnings.NONE)) {
            SlabCaches caches = SlabCaches.of(kernel);
            SlabCache same = caches.all()
                    .first(each -> each.address() == cache.address())
                    .orElseThrow();
            SlabUsage usage = caches.contents(same).usage();

            assertThat(usage.allocated()).isEmpty();
            assertThat(usage.end().sentence()).contains("excluded");
            assertThat(usage.objects()).isEqualTo(known.objects());
            assertThat(usage.slabs()).isEqualTo(known.slabs());
        }
    }

    private static SlabCache withSheaf(Kernel kernel) throws IOException {
        SlabCaches caches = SlabCaches.of(kernel);
        for (SlabCache cache : caches.all()) {
            for (Sheaf sheaf : caches.contents(cache).sheaves()) {
                if (sheaf.size().orElse(0) > 0) {
                    return cache;
                }
            }
        }
        throw new AssertionError("no sheaf with objects in " + SAMPLE);
    }
}
