package io.inquest.dump.verify;

import io.inquest.dump.Completeness;
import io.inquest.dump.trailer.Damage;
import java.util.List;

/// What [Verifier] found.
///
/// @param verdict all of it in one word
/// @param format what kind of dump it is, as its header says; empty if it cannot be opened
/// @param completeness what the dump says of itself
/// @param files each file, as its checksums show it
/// @param findings each thing that is wrong
/// @param pages how reading and unpacking each page went
public record Verification(
        Verdict verdict,
        String format,
        Completeness completeness,
        List<CheckedFile> files,
        List<Finding> findings,
        PageTally pages) {

    /// One file of the dump.
    ///
    /// @param name where it is
    /// @param hasChecksums whether there are any; without them only reading its pages can show damage
    /// @param damage the places whose checksums do not hold
    public record CheckedFile(String name, boolean hasChecksums, List<Damage> damage) {

        public CheckedFile {
            damage = List.copyOf(damage);
        }
    }

    public Verification {
        files = List.copyOf(files);
        findings = List.copyOf(findings);
    }
}
