package io.inquest.dump.kdump;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StoredPlacesTest {

    private final StoredPlaces places = new StoredPlaces();

    @Test
    void onlyAPageThatIsStoredJustSoIsFound() {
        places.add(1000, 30, 2, 5000);
        places.add(1030, 40, 2, 5030);
        assertThat(places.find(1000, 30, 2)).isEqualTo(5000);
        assertThat(places.find(1030, 40, 2)).isEqualTo(5030);
        assertThat(places.find(1030, 39, 2)).isEqualTo(StoredPlaces.NOWHERE);
        assertThat(places.find(1030, 40, 1)).isEqualTo(StoredPlaces.NOWHERE);
        assertThat(places.find(1031, 40, 2)).isEqualTo(StoredPlaces.NOWHERE);
        assertThat(places.find(0, 30, 2)).isEqualTo(StoredPlaces.NOWHERE);
    }

    @Test
    void bytesOfNoPageAreFree() {
        places.add(1000, 30, 2, 0);
        places.add(1060, 40, 2, 0);
        assertThat(places.isFree(1030, 30)).isTrue();
        assertThat(places.isFree(900, 100)).isTrue();
        assertThat(places.isFree(1100, 1)).isTrue();
        assertThat(places.isFree(1029, 30)).isFalse();
        assertThat(places.isFree(1030, 31)).isFalse();
        assertThat(places.isFree(1099, 1)).isFalse();
    }

    @Test
    void theOldestAreForgottenAndNotTakenForFree() {
        for (int i = 0; i < StoredPlaces.MOST + 5; i++) {
            places.add(10L * i, 10, 0, i);
        }
        assertThat(places.find(40, 10, 0)).isEqualTo(StoredPlaces.NOWHERE);
        assertThat(places.isFree(40, 10)).isFalse();
        assertThat(places.find(50, 10, 0)).isEqualTo(5);
        assertThat(places.find(10L * (StoredPlaces.MOST + 4), 10, 0)).isEqualTo(StoredPlaces.MOST + 4);
    }

    @Test
    void whatComesOutOfOrderIsFoundToo() {
        places.add(1000, 30, 0, 1);
        places.add(900, 30, 0, 2);
        assertThat(places.find(900, 30, 0)).isEqualTo(2);
        assertThat(places.find(900, 30, 1)).isEqualTo(StoredPlaces.NOWHERE);
        assertThat(places.find(1000, 30, 0)).isEqualTo(1);
    }
}
