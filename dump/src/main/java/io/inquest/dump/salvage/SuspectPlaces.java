package io.inquest.dump.salvage;

import io.inquest.dump.trailer.Damage;
import java.util.ArrayList;
import java.util.List;

/// Stretches of a file of which a checksum says that something in them is wrong, and not what.
public final class SuspectPlaces {

    private final List<Damage> places;

    public SuspectPlaces(List<Damage> places) {
        this.places = List.copyOf(places);
    }

    /// These and others.
    public SuspectPlaces plus(List<Damage> others) {
        List<Damage> all = new ArrayList<>(places);
        all.addAll(others);
        return new SuspectPlaces(all);
    }

    /// Whether any of `[offset, offset + bytes)` is suspect.
    public boolean touch(long offset, long bytes) {
        for (Damage place : places) {
            if (offset < place.offset() + place.bytes() && place.offset() < offset + bytes) {
                return true;
            }
        }
        return false;
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

    /// Says of each that something in it is lost.
    public void tell(SalvageLog log) {
        for (Damage place : places) {
            log.lost("the checksum of the " + place.section() + " at bytes " + place.offset() + " to "
                    + (place.offset() + place.bytes() - 1) + " does not hold");
        }
    }

    public List<Damage> places() {
        return places;
    }
}
