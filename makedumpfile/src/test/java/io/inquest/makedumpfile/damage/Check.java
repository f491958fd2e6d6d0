package io.inquest.makedumpfile.damage;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.dump.trailer.Damage;
import io.inquest.dump.trailer.Trailer;
import io.inquest.dump.verify.Findings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `inquest dump verify` finds without reading the pages, of each file of a specimen.
final class Check {

    private Check() {}

    /// A sentence for each thing that is wrong.
    static List<String> of(Specimen specimen, Specimen.Sources sources) throws IOException {
        List<String> wrong = new ArrayList<>();
        for (int file = 0; file < specimen.files().size(); file++) {
            try (Dump dump = Dumps.open(sources.of(file), Warnings.NONE)) {
                Findings findings = new Findings();
                dump.examine(findings);
                wrong.addAll(findings.reasons());
                Optional<Trailer> trailer = dump.trailer();
                for (Damage damage : trailer.isPresent() ? trailer.get().verify() : List.<Damage>of()) {
                    wrong.add(damage.toString());
                }
                wrong.add(trailer.isPresent() ? "has checksums" : "has no checksums");
            }
        }
        return wrong;
    }
}
