package io.inquest.dump.kdump;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.PageState;
import io.inquest.dump.Salvage;
import io.inquest.dump.Warnings;
import io.inquest.dump.codec.Compression;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.MemorySink;
import io.inquest.dump.io.MemorySource;
import io.inquest.dump.salvage.FrameEvidence;
import io.inquest.dump.salvage.SalvageReport;
import io.inquest.dump.trailer.TrailerWriter;
import io.inquest.dump.verify.Verdict;
import io.inquest.dump.verify.Verifier;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What salvage made of a damaged kdump-compressed file, and the account of it; compared with what was written.
record SavedDump(ByteBuffer file, SalvageReport report) {

    /// Where the tables of a [SmallDump] lie.
    static final int BITMAP_1 = 2 * SmallDump.PAGE_BYTES;

    static final int BITMAP_2 = 3 * SmallDump.PAGE_BYTES;
    static final int DESCRIPTORS = 4 * SmallDump.PAGE_BYTES;

    /// Behind the descriptors and the page of zeros.
    static final int FIRST_PAGE =
            DESCRIPTORS + 24 * (int) SmallDump.of(Compression.ZLIB).layout().dumpablePages() + SmallDump.PAGE_BYTES;

    /// Contents tell the frame: what a kernel's lists are to real dumps.
    static final class Contents implements FrameEvidence {

        private final Map<ByteBuffer, Long> frames = new HashMap<>();

        Contents(SmallDump dump) {
            for (long pfn = 0; pfn < dump.frames(); pfn++) {
                frames.put(ByteBuffer.wrap(dump.page(pfn)), pfn);
            }
        }

        @Override
        public void learn(long claimedPfn, ByteBuffer page) {}

        @Override
        public boolean learned() {
            return true;
        }

        @Override
        public long frameOf(ByteBuffer page) {
            return frames.getOrDefault(page.duplicate().rewind(), UNKNOWN);
        }
    }

    static SavedDump salvage(FrameEvidence evidence, byte[]... files) throws IOException {
        List<ByteSource> sources = new ArrayList<>();
        for (byte[] file : files) {
            sources.add(new MemorySource("damaged", file));
        }
        try (Salvage salvage = Salvage.of(sources, evidence, false)) {
            MemorySink sink = new MemorySink();
            salvage.writeTo(sink, pages -> {});
            return new SavedDump(ByteBuffer.wrap(sink.contents()), salvage.report());
        }
    }

    static byte[] own(SmallDump dump) throws IOException {
        MemorySink sink = new MemorySink();
        dump.write(sink, new TrailerWriter()).finish();
        return sink.contents();
    }

    /// Checks that each page of the saved dump is what was written, and answers how many are lost.
    static long assertRight(SmallDump original, SavedDump saved, String how) throws IOException {
        long lost = 0;
        ByteBuffer page = ByteBuffer.allocate(SmallDump.PAGE_BYTES);
        PageState[] state = new PageState[1];
        try (Dump dump = Dumps.open(new MemorySource("saved", saved.file().array()), Warnings.NONE)) {
            for (long pfn = 0; pfn < original.frames(); pfn++) {
                dump.memory().readPages(pfn, 1, page.clear(), state);
                if (state[0].readable()) {
                    boolean right = Arrays.equals(page.array(), original.page(pfn));
                    boolean canTell = original.compression() == Compression.ZLIB
                            || saved.report().unchecked() == 0;
                    assertThat(right || !canTell)
                            .as("%s: page frame %d is right", how, pfn)
                            .isTrue();
                    assertThat(original.isStored(pfn))
                            .as("%s: page frame %d", how, pfn)
                            .isTrue();
                } else {
                    lost += original.isStored(pfn) ? 1 : 0;
                }
            }
        }
        Verdict verdict = Verifier.verify(new MemorySource("saved", saved.file().array()), (done, total) -> {})
                .verdict();
        assertThat(verdict).as(how).isIn(Verdict.WHOLE, Verdict.INCOMPLETE);
        return lost;
    }
}
