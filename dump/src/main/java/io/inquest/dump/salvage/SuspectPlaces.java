package io.inquest.dump.salvage;

import io.inquest.dump.trailer.Damage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Stretches of a file of which a checksum says that something in them is wrong, and not what.
public final class SuspectPlaces {

    private final List<Damage> places;
    private final long[] starts;
    /// Where the places up to each end.
    private final long[] ends;

    public SuspectPlaces(List<Damage> places) {
        this.places =
                places.stream().sorted(Comparator.comparingLong(Damage::offset)).toList();
        this.starts = this.places.stream().mapToLong(Damage::offset).toArray();
        this.ends = this.places.stream().mapToLong(Damage::end).toArray();
        Arrays.parallelPrefix(ends, Math::max);
    }

    public boolean isEmpty() {
        return places.isEmpty();
    }

    /// Whether any of `[offset, offset + bytes)` is suspect.
    public boolean touch(long offset, long bytes) {
        int found = Arrays.binarySearch(starts, offset + bytes);
        int before = (found < 0 ? -found - 1 : found) - 1;
        return before >= 0 && offset < ends[before];
    }

    /// Whether a part of the file, such as `bitmap 2`, is suspect anywhere.
    public boolean has(String section) {
        for (Damage place : places) {
            if (place.section().equals(section)) {
                return true;
            }
        }
        return false;
    }

    /// Says of each stretch that something in it is lost.
    public void tell(SalvageLog log) {
        List<Damage> stretches = new ArrayList<>();
        places.forEach(place -> place.addTo(stretches));
        for (Damage place : stretches) {
            log.lost("the checksum of the " + place.section() + " at bytes " + place.offset() + " to "
                    + (place.end() - 1) + " does not hold");
        }
    }

    public List<Damage> places() {
        return places;
    }
}
