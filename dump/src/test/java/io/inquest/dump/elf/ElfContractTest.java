package io.inquest.dump.elf;

import io.inquest.dump.Dump;
import io.inquest.dump.DumpContract;
import io.inquest.dump.Dumps;
import io.inquest.dump.PageState;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.MemorySource;
import io.inquest.testkit.ElfCoreBuilder;
import io.inquest.testkit.PagePattern;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;

final class ElfContractTest extends DumpContract {

    @Override
    protected Dump open() throws IOException {
        // Frames 16 to 23 were left out; frames 30 and 31 are behind the end of the file.
        byte[] file = ElfCoreBuilder.elf64(ByteOrder.LITTLE_ENDIAN)
                .load(40 * PAGE, pages(40, 64))
                .load(8 * PAGE, pages(8, 16), 16 * PAGE)
                .load(9 * PAGE, pages(9, 11))
                .cutLoad(30 * PAGE, new byte[0], 2 * PAGE)
                .build();
        return Dumps.open(new MemorySource("elf", file), Warnings.NONE);
    }

    @Override
    protected PageState expected(int pfn) {
        if ((pfn >= 8 && pfn < 16) || pfn >= 40) {
            return PageState.STORED;
        }
        if (pfn == 30 || pfn == 31) {
            return PageState.LOST;
        }
        return pfn >= 16 && pfn < 24 ? PageState.EXCLUDED : PageState.ABSENT;
    }

    static byte[] pages(int from, int to) {
        ByteArrayOutputStream pages = new ByteArrayOutputStream();
        for (int pfn = from; pfn < to; pfn++) {
            pages.writeBytes(PagePattern.of(pfn, PAGE));
        }
        return pages.toByteArray();
    }
}
