package io.inquest.kernel.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.PageBitmap;
import io.inquest.dump.Warnings;
import io.inquest.kernel.Kernel;
import io.inquest.testkit.KeptPages;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The classes of all frames of real dumps, judged by the live kernel's own page flags and by makedumpfile.
///
/// The live kernel was asked some seconds before it died, so that pages may have been freed since, or used
/// again.
final class SampleClassesTest {

    private static final String ALL_PAGES = "6.12-d1";

    // Bits of /proc/kpageflags (kernel: include/uapi/linux/kernel-page-flags.h, include/linux/kernel-page-flags.h).
    private static final int KPF_SLAB = 7;
    private static final int KPF_ANON = 12;
    private static final int KPF_HUGE = 17;
    private static final int KPF_PGTABLE = 26;
    private static final int KPF_RESERVED = 32;
    private static final int KPF_MLOCKED = 33;

    /// A dump with the class of each frame.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Classified(Dump dump, PageMap map, byte[] codes, List<String> warnings) implements AutoCloseable {

        static Classified open(String sample) throws IOException {
            List<String> warnings = new ArrayList<>();
            Dump dump = Dumps.open(List.of(Samples.unpack(sample)), Warnings.NONE);
            PageMap map = PageMap.open(Kernel.open(dump, warnings::add), warnings::add);
            byte[] codes = new byte[Math.toIntExact(dump.memory().endPfn())];
            map.classify(0, codes.length, codes, 2);
            return new Classified(dump, map, codes, warnings);
        }

        PageClass of(int pfn) {
            return PageClass.of(codes[pfn]);
        }

        PageBitmap existing() throws IOException {
            PageBitmap bitmap = PageBitmap.of(0, codes.length);
            dump.memory().markExisting(bitmap);
            return bitmap;
        }

        PageBitmap stored() throws IOException {
            PageBitmap bitmap = PageBitmap.of(0, codes.length);
            dump.memory().markStored(bitmap);
            return bitmap;
        }

        @Override
        public void close() throws IOException {
            dump.close();
        }
    }

    private static LongBuffer pageFlags(String sample) throws IOException {
        try (InputStream in =
                new GZIPInputStream(Files.newInputStream(Samples.truth(sample).resolve("kpageflags.gz")))) {
            return ByteBuffer.wrap(in.readAllBytes())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asLongBuffer();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 7, 8, 15, 16, 31})
    void keepsWhatMakedumpfileKeeps(int level) throws IOException {
        List<KeptPages.Run> expected = KeptPages.recorded(ALL_PAGES + "/reference/makedumpfile-1.7.8-kept.txt", level);
        try (Classified sample = Classified.open(ALL_PAGES)) {
            PageBitmap kept = sample.stored();
            for (int pfn = 0; pfn < sample.codes.length; pfn++) {
                if (sample.map.neededFor(level) && sample.of(pfn).excludedAt(level)) {
                    kept.clear(pfn);
                }
            }
            assertThat(runs(kept)).isEqualTo(expected);
        }
    }

    private static List<KeptPages.Run> runs(PageBitmap bitmap) {
        List<KeptPages.Run> runs = new ArrayList<>();
        for (long first = bitmap.nextSet(0); first < bitmap.endPfn(); ) {
            long end = bitmap.nextClear(first);
            runs.add(new KeptPages.Run(first, end - first));
            first = bitmap.nextSet(end);
        }
        return runs;
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void agreesWithThePageFlagsOfTheLiveKernel(String name) throws IOException {
        LongBuffer truth = pageFlags(name);
        int anonymous = 0;
        int otherwise = 0;
        try (Classified sample = Classified.open(name)) {
            PageBitmap existing = sample.existing();
            for (int pfn = 0; pfn < Math.min(sample.codes.length, truth.limit()); pfn++) {
                if (existing.get(pfn)) {
                    long flags = truth.get(pfn);
                    assertThat(possible(flags))
                            .as("frame 0x%x, page flags 0x%x", pfn, flags)
                            .contains(sample.of(pfn));
                    anonymous += bit(flags, KPF_ANON) ? 1 : 0;
                    otherwise += bit(flags, KPF_ANON) && sample.of(pfn) != PageClass.USER ? 1 : 0;
                }
            }
            assertThat(sample.warnings).isEmpty();
        }
        // The programs that wrote down the page flags have ended since.
        assertThat(otherwise)
                .as("anonymous pages of " + anonymous + " that are none")
                .isLessThan(anonymous / 5);
    }

    /// What may have become of a page with these flags. Reserved, locked and hugetlb pages stay what they are;
    /// slab pages and page tables can only have been freed, and used again as anything since.
    private static Set<PageClass> possible(long flags) {
        if (bit(flags, KPF_RESERVED)) {
            return EnumSet.of(PageClass.KEPT);
        }
        if (bit(flags, KPF_HUGE) || (bit(flags, KPF_MLOCKED) && bit(flags, KPF_ANON))) {
            return EnumSet.of(PageClass.USER);
        }
        if (bit(flags, KPF_SLAB) || bit(flags, KPF_PGTABLE)) {
            return EnumSet.of(PageClass.KEPT, PageClass.FREE);
        }
        return EnumSet.complementOf(EnumSet.of(PageClass.HWPOISON, PageClass.OFFLINE, PageClass.UNACCEPTED));
    }

    private static boolean bit(long flags, int number) {
        return (flags >>> number & 1) != 0;
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void knowsThePagesOfTheWorkload(String name) throws IOException {
        int pages = 0;
        try (Classified sample = Classified.open(name)) {
            for (String line : Files.readAllLines(Samples.truth(name).resolve("workload.txt"))) {
                String[] words = line.split(" ", -1);
                if (words[0].equals("page")) {
                    PageClass found = sample.of(Integer.parseInt(words[3]));
                    boolean file = words[1].equals("tmpfs") || words[1].equals("ext4") || words[1].equals("shm");
                    assertThat(found)
                            .as(line)
                            .isIn(
                                    file
                                            ? EnumSet.of(PageClass.CACHE, PageClass.CACHE_PRIVATE)
                                            : EnumSet.of(PageClass.USER));
                    pages++;
                }
            }
        }
        assertThat(pages).isGreaterThan(3000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void explainsEachFrameAsTheFilterDecided(String name) throws IOException {
        try (Classified sample = Classified.open(name)) {
            for (int pfn = 0; pfn < sample.codes.length; pfn++) {
                PageInfo info = sample.map.describe(pfn);
                if (info.pageClass() != sample.of(pfn)) {
                    assertThat(info).as("the filter says " + sample.of(pfn)).isNull();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"6.1-d31, 31", "6.12-d1, 1", "7.2-d23-flat, 23"})
    void filteringAgainTakesNothing(String name, int level) throws IOException {
        try (Classified sample = Classified.open(name)) {
            PageBitmap stored = sample.stored();
            for (long pfn = stored.nextSet(0); pfn < stored.endPfn(); pfn = stored.nextSet(pfn + 1)) {
                assertThat(sample.of((int) pfn).excludedAt(level))
                        .as("frame 0x%x", pfn)
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void theKernelCountedAsManyFreePages(String name) throws IOException {
        try (Classified sample = Classified.open(name)) {
            long free = 0;
            for (byte code : sample.codes) {
                free += code == PageClass.FREE.code() ? 1 : 0;
            }
            FreePageCheck check = FreePageCheck.of(Kernel.open(sample.dump, Warnings.NONE), free, 0);
            assertThat(check.isPlausible()).as(check.describe()).isTrue();
            assertThat(check.listed()).hasValue(free);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void noFrameOfTheKernelsOwnHasToBeRescued(String name) throws IOException {
        try (Classified sample = Classified.open(name)) {
            KeepList keep = KeepList.of(Kernel.open(sample.dump, Warnings.NONE), sample.map, Warnings.NONE);
            assertThat(keep.apply(0, sample.codes.length, sample.codes, 31)).isZero();
        }
    }
}
