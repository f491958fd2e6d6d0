package io.inquest.cli.dump;

import io.inquest.dump.Completeness;
import io.inquest.dump.trailer.Damage;
import java.nio.file.Path;
import java.util.List;

/// What `inquest dump verify` found.
///
/// @param completeness what the dump says of itself
/// @param files each file, as its checksums show it
/// @param pages how reading and unpacking each page went
record Verification(Completeness completeness, List<File> files, PageReading pages) {

    /// One file of the dump.
    ///
    /// @param path where it is
    /// @param hasChecksums whether there are any; without them only reading its pages can show damage
    /// @param damage the places whose checksums do not hold
    record File(Path path, boolean hasChecksums, List<Damage> damage) {

        File {
            damage = List.copyOf(damage);
        }
    }

    Verification {
        files = List.copyOf(files);
    }

    /// Whether nothing is damaged or missing.
    boolean whole() {
        for (File file : files) {
            if (!file.damage().isEmpty()) {
                return false;
            }
        }
        return completeness.complete() && pages.lost() == 0;
    }
}
