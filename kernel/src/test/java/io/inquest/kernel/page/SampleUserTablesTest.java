package io.inquest.kernel.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.PageState;
import io.inquest.dump.Warnings;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.WalkStep;
import io.inquest.kernel.arch.KernelSpace;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The page tables of a process survive the filter: every user address that a program wrote down before its
/// kernel died leads to the frame that it wrote down, by tables that level 31 keeps.
final class SampleUserTablesTest {

    private static final int PAGE_BYTES = 4096;
    private static final int LEVEL = 31;
    private static final long ENTRY_ADDRESS = 0x000f_ffff_ffff_f000L;

    private record UserPage(long address, long pfn) {}

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void eachUserAddressOfTheWorkloadIsTranslatedByTablesThatLevel31Keeps(String name) throws IOException {
        List<UserPage> pages = workload(name);
        assertThat(pages).hasSizeGreaterThan(3000);
        try (Dump dump = Dumps.open(List.of(Samples.unpack(name)), Warnings.NONE)) {
            Kernel kernel = Kernel.open(dump, Warnings.NONE);
            byte[] codes = new byte[Math.toIntExact(dump.memory().endPfn())];
            PageMap.open(kernel, Warnings.NONE).classify(0, codes.length, codes, 2);
            AddressSpace space = spaceOf(pages.getFirst(), kernel, codes);
            for (UserPage page : pages) {
                Mapping mapping = space.translate(page.address(), 1);
                assertThat(mapping)
                        .as("0x%x", page.address())
                        .isInstanceOfSatisfying(
                                Mapping.Mapped.class,
                                mapped -> assertThat(mapped.to() / PAGE_BYTES).isEqualTo(page.pfn()));
                for (WalkStep step : mapping.steps()) {
                    int table = (int) (step.entryAddress() / PAGE_BYTES);
                    assertThat(PageClass.of(codes[table]).excludedAt(LEVEL))
                            .as("%s table 0x%x", step.level(), table)
                            .isFalse();
                }
            }
        }
    }

    private static List<UserPage> workload(String name) throws IOException {
        List<UserPage> pages = new ArrayList<>();
        for (String line : Files.readAllLines(Samples.truth(name).resolve("workload.txt"))) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("page")) {
                pages.add(new UserPage(Long.decode(words[2]), Long.parseLong(words[3])));
            }
        }
        return pages;
    }

    /// The process that maps `page`. Root tables are found without types: the kernel's half of each is a copy of
    /// the kernel's own.
    private static AddressSpace spaceOf(UserPage page, Kernel kernel, byte[] codes) throws IOException {
        KernelSpace tables = kernel.pageTables();
        long[] kernelRoot = frame(kernel, tables.rootTable() / PAGE_BYTES);
        for (int pfn = 0; pfn < codes.length; pfn++) {
            boolean candidate = codes[pfn] == PageClass.KEPT.code()
                    && kernel.memory().state(pfn) == PageState.STORED
                    && isRoot(frame(kernel, pfn), kernelRoot);
            if (candidate) {
                AddressSpace space = tables.userSpace((long) pfn * PAGE_BYTES);
                if (space.translate(page.address(), 1) instanceof Mapping.Mapped mapped
                        && mapped.to() / PAGE_BYTES == page.pfn()) {
                    return space;
                }
            }
        }
        throw new AssertionError("no root table among the kept pages maps 0x" + Long.toHexString(page.address()));
    }

    private static long[] frame(Kernel kernel, long pfn) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        kernel.memory().read(pfn * PAGE_BYTES, bytes);
        long[] entries = new long[PAGE_BYTES / Long.BYTES];
        bytes.flip().asLongBuffer().get(entries);
        return entries;
    }

    private static boolean isRoot(long[] entries, long[] kernelRoot) {
        for (int i = entries.length / 2; i < entries.length; i++) {
            if ((entries[i] & ENTRY_ADDRESS) != (kernelRoot[i] & ENTRY_ADDRESS)) {
                return false;
            }
        }
        return true;
    }
}
