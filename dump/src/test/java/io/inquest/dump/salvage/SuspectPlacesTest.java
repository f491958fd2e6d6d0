package io.inquest.dump.salvage;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.trailer.Damage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Bytes are suspect where any of the places has one of them, whatever their order, and if they overlap.
final class SuspectPlacesTest {

    private final SuspectPlaces places = new SuspectPlaces(List.of(
            new Damage("page data", 300, 100),
            new Damage("bitmap 2", 100, 50),
            new Damage("page data", 310, 10),
            new Damage("page data", 400, 100)));

    @Test
    void touchIsByBytesAndNotByEnds() {
        assertThat(places.touch(0, 100)).isFalse();
        assertThat(places.touch(0, 101)).isTrue();
        assertThat(places.touch(149, 1)).isTrue();
        assertThat(places.touch(150, 150)).isFalse();
        assertThat(places.touch(350, 1)).isTrue();
        assertThat(places.touch(499, 1)).isTrue();
        assertThat(places.touch(500, 1000)).isFalse();
        assertThat(new SuspectPlaces(List.of()).touch(0, Long.MAX_VALUE)).isFalse();
    }

    @Test
    void sectionsAreKnown() {
        assertThat(places.has("bitmap 2")).isTrue();
        assertThat(places.has("bitmap 1")).isFalse();
    }

    @Test
    void placesThatGoOnAreOne() {
        List<Damage> found = new ArrayList<>();
        new Damage("page data", 0, 64).addTo(found);
        new Damage("page data", 64, 64).addTo(found);
        new Damage("page descriptors", 128, 64).addTo(found);
        new Damage("page descriptors", 256, 64).addTo(found);
        assertThat(found)
                .containsExactly(
                        new Damage("page data", 0, 128),
                        new Damage("page descriptors", 128, 64),
                        new Damage("page descriptors", 256, 64));
    }
}
