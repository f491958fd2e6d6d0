package io.inquest.dump.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.Dumps;
import io.inquest.dump.PageState;
import io.inquest.dump.Salvage;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.MemorySink;
import io.inquest.dump.io.MemorySource;
import io.inquest.dump.salvage.FrameEvidence;
import io.inquest.dump.salvage.SalvageReport;
import io.inquest.testkit.ElfCoreBuilder;
import io.inquest.testkit.PagePattern;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// ELF cores with damaged headers, built by the testkit.
final class ElfSalvageTest {

    private static final int PAGE_BYTES = 4096;
    private static final int SEGMENT_PAGES = 4;
    private static final int SEGMENTS = 3;
    private static final int ROUNDS = 200;
    private static final byte[] CORE = core();

    private static byte[] core() {
        ElfCoreBuilder builder = ElfCoreBuilder.elf64(ByteOrder.LITTLE_ENDIAN)
                .note(
                        "VMCOREINFO",
                        0,
                        "OSRELEASE=6.1.0\nPAGESIZE=4096\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .endNotes();
        for (int segment = 0; segment < SEGMENTS; segment++) {
            byte[] pages = new byte[SEGMENT_PAGES * PAGE_BYTES];
            for (int i = 0; i < SEGMENT_PAGES; i++) {
                System.arraycopy(
                        PagePattern.of(firstPfn(segment) + i, PAGE_BYTES), 0, pages, i * PAGE_BYTES, PAGE_BYTES);
            }
            builder.load(firstPfn(segment) * PAGE_BYTES, pages, pages.length);
        }
        return builder.build();
    }

    private static long firstPfn(int segment) {
        return 16L + 32L * segment;
    }

    private static SalvageReport salvage(byte[] file, String how, boolean headersOnly) throws IOException {
        try (Salvage salvage = Salvage.of(List.of(new MemorySource("core", file)), FrameEvidence.NONE, false)) {
            MemorySink sink = new MemorySink();
            salvage.writeTo(sink, pages -> {});
            if (headersOnly) {
                assertRight(sink.contents(), how);
            }
            return salvage.report();
        }
    }

    private static void assertRight(byte[] saved, String how) throws IOException {
        ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES);
        PageState[] state = new PageState[1];
        try (Dump dump = Dumps.open(new MemorySource("saved", saved), Warnings.NONE)) {
            for (int segment = 0; segment < SEGMENTS; segment++) {
                for (long pfn = firstPfn(segment); pfn < firstPfn(segment) + SEGMENT_PAGES; pfn++) {
                    dump.memory().readPages(pfn, 1, page.clear(), state);
                    if (state[0].readable()) {
                        assertThat(Arrays.equals(page.array(), PagePattern.of(pfn, PAGE_BYTES)))
                                .as("%s: page frame %d is right", how, pfn)
                                .isTrue();
                    }
                }
            }
        }
    }

    @Test
    void wholeCoreLosesNothing() throws IOException {
        SalvageReport report = salvage(CORE, "whole", true);
        assertThat(report.lost()).isZero();
        assertThat(report.kept()).isEqualTo(SEGMENTS * SEGMENT_PAGES);
        assertThat(report.unchecked()).isEqualTo(report.kept());
    }

    @Test
    void cutCoreKeepsWhatIsThereAndFillsNothing() throws IOException {
        SalvageReport report = salvage(Arrays.copyOf(CORE, CORE.length - PAGE_BYTES - 10), "cut", true);
        assertThat(report.lost()).isBetween(1L, 2L);
        assertThat(report.losses()).anyMatch(loss -> loss.contains("behind the end of the file"));
    }

    @Test
    void magicAndSizesAreForgiven() throws IOException {
        for (int at : new int[] {1, 54}) {
            byte[] file = CORE.clone();
            file[at] ^= 0x40;
            assertThat(salvage(file, "byte " + at, true).lost())
                    .as("byte %d", at)
                    .isZero();
        }
    }

    @Test
    void coreWithoutItsMagicIsFoundByItsSizes() throws IOException {
        byte[] file = CORE.clone();
        Arrays.fill(file, 0, 16, (byte) 0x55);
        assertThat(salvage(file, "e_ident", true).lost()).isZero();
    }

    /// The program headers that are left tell the table, the notes their names.
    @Test
    void coreWithoutItsBeginIsFoundByTheProgramHeadersThatAreLeft() throws IOException {
        for (int lost = 0; lost <= SEGMENTS - 1; lost++) {
            for (byte filled : new byte[] {0, 0x55}) {
                byte[] file = CORE.clone();
                Arrays.fill(file, 0, 64 + 56 * lost, filled);
                String how = lost + " program headers " + filled;
                SalvageReport report = salvage(file, how, true);
                int segmentsLost = Math.max(0, lost - 1);
                assertThat(report.kept()).as(how).isEqualTo((long) (SEGMENTS - segmentsLost) * SEGMENT_PAGES);
                assertThat(report.lost()).as(how).isEqualTo((long) segmentsLost * SEGMENT_PAGES);
                assertThat(report.repairs()).as(how).anyMatch(told -> told.startsWith("the ELF header was lost"));
                assertThat(report.losses()).as(how).noneMatch(told -> told.contains("vmcoreinfo"));
            }
        }
        assertThatThrownBy(() -> salvage(Arrays.copyOfRange(CORE, PAGE_BYTES, CORE.length), "no table", true))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("nothing to go by");
    }

    @Test
    void placeOfASegmentIsWhatItsNeighboursLeaveToIt() throws IOException {
        byte[] file = CORE.clone();
        file[64 + 2 * 56 + 9] ^= 0x10;
        SalvageReport report = salvage(file, "p_offset", true);
        assertThat(report.lost()).isZero();
        assertThat(report.repairs()).anyMatch(repair -> repair.contains("what its neighbours leave to it"));
    }

    /// Type and flags of each program header: no segment is lost without a word.
    @Test
    void aDamagedProgramHeaderCostsNothingInSilence() throws IOException {
        for (int entry = 0; entry <= SEGMENTS; entry++) {
            for (int bit = 0; bit < Long.SIZE; bit++) {
                byte[] file = CORE.clone();
                file[64 + entry * 56 + bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                SalvageReport report = salvage(file, "entry " + entry + ", bit " + bit, true);
                if (report.losses().isEmpty()) {
                    assertThat(report.kept()).as("entry %d, bit %d", entry, bit).isEqualTo(SEGMENTS * SEGMENT_PAGES);
                }
            }
        }
    }

    /// More segments than the ELF header can count; a section header has their number (PN_XNUM).
    @Test
    void coreOfManySegmentsIsRepairedAsAnyOther() throws IOException {
        int segments = 66_000;
        ElfCoreBuilder builder = ElfCoreBuilder.elf64(ByteOrder.LITTLE_ENDIAN)
                .extendedNumbering()
                .note("CORE", 1, new byte[12]);
        for (int i = 0; i < segments; i++) {
            builder.load(0xffff_8880_0000_0000L + 2L * i * PAGE_BYTES, 2L * i * PAGE_BYTES, new byte[] {1, 2}, 2);
        }
        byte[] core = builder.build();
        byte[] damaged = core.clone();
        damaged[64 + 56 * 60_001 + 9] ^= 0x10;
        SalvageReport report = salvage(damaged, "p_offset of 60,000", false);
        assertThat(report.repairs()).singleElement().asString().contains("program header 60001");
        assertThat(report.lost()).isZero();
        assertThat(report.kept()).isEqualTo(segments);
    }

    @Test
    void randomDamageEndsWithADumpOrASentence() throws IOException {
        long seed = Long.getLong("inquest.seed", 1);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            int at = random.nextInt(round % 2 == 0 ? 64 + 56 * (SEGMENTS + 1) : CORE.length);
            byte[] file = round % 5 == 0 ? Arrays.copyOf(CORE, at) : CORE.clone();
            if (at < file.length) {
                file[at] ^= (byte) (1 << random.nextInt(8));
            }
            String how = "seed " + seed + ", round " + round + ", byte " + at;
            try {
                salvage(file, how, false);
            } catch (DumpException nothingLeft) {
                assertThat(nothingLeft.getMessage()).as(how).startsWith("core");
            } catch (IOException | RuntimeException defect) {
                throw new AssertionError(how, defect);
            }
        }
    }
}
