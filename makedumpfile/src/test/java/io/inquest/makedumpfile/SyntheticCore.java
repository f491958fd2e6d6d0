package io.inquest.makedumpfile;

import io.inquest.testkit.ElfCoreBuilder;
import io.inquest.testkit.PagePattern;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// An ELF core of two ranges of memory, with runs of pages full of zeros, and no vmcoreinfo.
final class SyntheticCore {

    static final int PAGE_BYTES = 4096;
    static final int FIRST_PAGES = 700;
    static final int SECOND_PAGES = 300;
    static final int SECOND_PFN = 1024;

    /// Zero pages: 400 in the first range, too many to stay in an ELF file, and 10 in the second.
    static final int ZERO_PAGES = 410;

    private SyntheticCore() {}

    static Path write(Path directory) throws IOException {
        byte[] first = pages(0, FIRST_PAGES, 200, 600);
        byte[] second = pages(SECOND_PFN, SECOND_PAGES, 50, 60);
        byte[] core = ElfCoreBuilder.elf64(ByteOrder.LITTLE_ENDIAN)
                .note("CORE", 1, new byte[336])
                .note("OTHER", 7, "kept as it is".getBytes(StandardCharsets.US_ASCII))
                .load(0, first)
                .load((long) SECOND_PFN * PAGE_BYTES, second)
                .build();
        return Files.write(directory.resolve("vmcore"), core);
    }

    private static byte[] pages(int firstPfn, int count, int zeroFrom, int zeroTo) {
        byte[] bytes = new byte[count * PAGE_BYTES];
        for (int page = 0; page < count; page++) {
            if (page < zeroFrom || page >= zeroTo) {
                System.arraycopy(PagePattern.of(firstPfn + page, PAGE_BYTES), 0, bytes, page * PAGE_BYTES, PAGE_BYTES);
            }
        }
        return bytes;
    }
}
