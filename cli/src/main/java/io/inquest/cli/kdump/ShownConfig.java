package io.inquest.cli.kdump;

import io.inquest.capture.config.Destination;
import io.inquest.capture.config.Reading;
import io.inquest.capture.place.Mounts;
import io.inquest.capture.place.Place;
import io.inquest.capture.place.Places;
import java.util.ArrayList;
import java.util.List;

/// What `inquest kdump config` answers with.
///
/// @param files that were read
/// @param targets in the order in which they are tried
record ShownConfig(List<String> files, Reading.Valid reading, List<ShownTarget> targets) {

    /// One target, and where that is.
    ///
    /// @param destination as configured
    /// @param place where that leads on this machine
    record ShownTarget(Destination destination, Place place) {}

    static ShownConfig of(List<String> files, Reading.Valid reading, Mounts mounts) {
        List<ShownTarget> targets = new ArrayList<>();
        for (Destination destination : reading.configuration().saving().destinations()) {
            targets.add(new ShownTarget(destination, Places.of(destination, mounts)));
        }
        return new ShownConfig(files, reading, targets);
    }
}
