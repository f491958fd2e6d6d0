package io.inquest.makedumpfile.damage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The short form of `lab/break-files`, which damages other bytes each time; here they are the same in each build.
class DamagedFilesTest {

    private static final int CUTS = Integer.getInteger("inquest.cuts", 2);
    private static final int FLIPS = Integer.getInteger("inquest.flips", 12);
    private static final int RUNS = Integer.getInteger("inquest.zeros", 3);
    private static final List<String> SAMPLES =
            List.of(System.getProperty("inquest.samples", "6.1-d31").split(",", -1));

    private final DamageCampaign campaign =
            new DamageCampaign(System.out, CUTS, FLIPS, RUNS, Long.getLong("inquest.seed", 1));

    @TempDir
    private Path folder;

    @Test
    void damageInFilesOfOthersStaysInItsPlaceOrIsTold() throws IOException {
        Specimens.foreign(campaign::visit);

        assertThat(campaign.unwanted()).isEmpty();
    }

    @Test
    void allDamageInOurFilesIsFound() throws IOException {
        for (String sample : SAMPLES) {
            Specimens.ours(sample, folder, campaign::visit);
        }

        assertThat(campaign.unwanted()).isEmpty();
    }
}
