package io.inquest.dump.kdump;

import io.inquest.dump.Dump;
import io.inquest.dump.DumpContract;
import io.inquest.dump.Dumps;
import io.inquest.dump.PageState;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.MemorySource;
import io.inquest.testkit.KdumpBuilder;
import java.io.IOException;

final class KdumpContractTest extends DumpContract {

    @Override
    protected Dump open() throws IOException {
        KdumpBuilder builder = KdumpBuilder.version(6).frames(FRAMES).level(31);
        for (int pfn = 0; pfn < FRAMES; pfn++) {
            switch (expected(pfn)) {
                case STORED -> {
                    if (pfn % 3 == 0) {
                        builder.zlibPage(pfn);
                    } else {
                        builder.page(pfn);
                    }
                }
                case ZERO -> builder.zeroPage(pfn);
                case EXCLUDED -> builder.excludedPage(pfn);
                case LOST -> builder.lostPage(pfn);
                case ABSENT -> {
                    // Nothing to build.
                }
            }
        }
        return Dumps.open(new MemorySource("kdump", builder.build()), Warnings.NONE);
    }

    @Override
    protected PageState expected(int pfn) {
        if ((pfn >= 8 && pfn < 16) || pfn >= 40) {
            return PageState.STORED;
        }
        return switch (pfn % 4) {
            case 0 -> PageState.ZERO;
            case 1 -> PageState.EXCLUDED;
            case 2 -> PageState.ABSENT;
            default -> PageState.LOST;
        };
    }
}
