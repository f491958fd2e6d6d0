package io.inquest.dump.kdump;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.codec.Compression;
import io.inquest.dump.kdump.DescriptorChain.Condition;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DescriptorChainTest {

    private static final int DATA_START = 4096;
    private static final int SIZE = 100;
    private static final int FLAGS = Compression.LZO.flag();

    @Test
    void eachDescriptorIsJudgedOnceWhereverItsPageIs() {
        Map<Long, Integer> times = new HashMap<>();
        int links = 40;
        DescriptorChain chain = new DescriptorChain(DATA_START, 1 << 20, 4096, (link, condition) -> {
            assertThat(condition).isEqualTo(Condition.PLAUSIBLE);
            times.merge(link.index, 1, Integer::sum);
        });
        long next = DATA_START;
        for (long index = 0; index < links; index++) {
            // Two pages of their own, then one that shares the page before, or the first one.
            boolean shares = index % 3 == 2;
            chain.add(index, shares ? (index % 2 == 0 ? next - SIZE : DATA_START) : next, SIZE, FLAGS, false);
            next += shares ? 0 : SIZE;
        }
        chain.end();
        assertThat(times)
                .hasSize(links)
                .allSatisfy((index, count) -> assertThat(count).isEqualTo(1));
    }
}
