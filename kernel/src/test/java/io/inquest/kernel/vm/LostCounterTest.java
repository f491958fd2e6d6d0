package io.inquest.kernel.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.kernel.HoledDump;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.OpenSamples;
import io.inquest.kernel.object.KernelObject;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A process of which one CPU's part of the counters lies in a page that the dump does not hold.
final class LostCounterTest {

    private static final String SAMPLE = "6.12-d1";

    @Test
    void aLostPartOfTheCountIsTold() throws IOException {
        Kernel whole = OpenSamples.kernel(SAMPLE);
        KernelObject mm = whole.tasks().withPid(1).orElseThrow().mm().orElseThrow();
        long counters = mm.member("rss_stat").element(0).member("counters").unsigned();
        long part = whole.perCpu().address(counters, 1);
        Mapping.Mapped place = (Mapping.Mapped) whole.pageTables().translate(part, Integer.BYTES);
        assertThat(ResidentPages.of(whole).of(mm).lost()).isEmpty();

        HoledDump holed =
                new HoledDump(Dumps.open(List.of(Samples.unpack(SAMPLE)), Warnings.NONE), Set.of(place.to() >>> 12));
        try (Kernel kernel = Kernel.open(holed, Warnings.NONE)) {
            ResidentPages.Count counted = ResidentPages.of(kernel).of(mm.in(kernel.space()));

            assertThat(counted.lost()).isPresent();
            assertThat(counted.pages()).isNotNegative();
        }
    }
}
