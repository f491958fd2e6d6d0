package io.inquest.dump.kdump;

import io.inquest.dump.CrashTime;
import io.inquest.dump.DumpHeader;
import io.inquest.dump.Machine;
import io.inquest.dump.Note;
import io.inquest.dump.NoteArea;
import io.inquest.dump.PageBitmap;
import io.inquest.dump.PfnRange;
import io.inquest.dump.Utsname;
import io.inquest.dump.codec.Compression;
import io.inquest.dump.codec.PackedPages;
import io.inquest.dump.codec.PageCompressor;
import io.inquest.dump.codec.PageHasher;
import io.inquest.dump.io.ByteSink;
import io.inquest.dump.io.MemorySink;
import io.inquest.dump.trailer.TrailerWriter;
import io.inquest.testkit.KdumpBuilder;
import io.inquest.testkit.PagePattern;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// One small dump twice: as our writer writes it, and as the testkit builds it from the
/// format's description alone.
///
/// Of its frames every 5th is no memory, every 7th of the others is excluded, and every 3rd of what is
/// left is zero.
record SmallDump(
        KdumpBuilder.Abi abi,
        ByteOrder order,
        String machineName,
        int level,
        Compression compression,
        long frames,
        Optional<PfnRange> part,
        String eraseInfo) {

    static final int PAGE_BYTES = 4096;
    private static final String VMCOREINFO = "OSRELEASE=6.1.0-test\nPAGESIZE=4096\n";
    private static final byte[] PRSTATUS = PagePattern.of(77, 336);
    private static final int BATCH = 8;

    static SmallDump of(Compression compression) {
        return new SmallDump(
                KdumpBuilder.Abi.LP64, ByteOrder.LITTLE_ENDIAN, "x86_64", 31, compression, 150, Optional.empty(), "");
    }

    SmallDump level(int newLevel) {
        return new SmallDump(abi, order, machineName, newLevel, compression, frames, part, eraseInfo);
    }

    SmallDump part(long startPfn, long endPfn) {
        PfnRange range = new PfnRange(startPfn, endPfn);
        return new SmallDump(abi, order, machineName, level, compression, frames, Optional.of(range), eraseInfo);
    }

    SmallDump erased(String text) {
        return new SmallDump(abi, order, machineName, level, compression, frames, part, text);
    }

    SmallDump frames(long count) {
        return new SmallDump(abi, order, machineName, level, compression, count, part, eraseInfo);
    }

    boolean exists(long pfn) {
        return pfn % 5 != 4;
    }

    boolean isStored(long pfn) {
        return exists(pfn) && pfn % 7 != 6;
    }

    boolean isZero(long pfn) {
        return pfn % 3 == 2;
    }

    boolean isHere(long pfn) {
        return part.isEmpty() || part.get().contains(pfn);
    }

    byte[] page(long pfn) {
        return isZero(pfn) ? new byte[PAGE_BYTES] : PagePattern.of(pfn, PAGE_BYTES);
    }

    Machine machine() {
        return new Machine(machineName, order, abi == KdumpBuilder.Abi.LP64 ? 8 : 4, 12);
    }

    /// As the testkit builds it.
    byte[] expected() {
        KdumpBuilder builder = KdumpBuilder.version(6)
                .abi(abi, order)
                .machine(machineName)
                .level(level)
                .status(compression.flag())
                .cpus(2)
                .crashTime(1_700_000_000, 123_456)
                .physBase(-0x1200000)
                .frames(frames)
                .note("CORE", 1, PRSTATUS)
                .vmcoreinfo(VMCOREINFO)
                .eraseInfo(eraseInfo);
        part.ifPresent(range -> builder.part(range.startPfn(), range.endPfn()));
        for (long pfn = 0; pfn < frames; pfn++) {
            add(builder, pfn);
        }
        return withoutJunk(builder.build());
    }

    /// The testkit fills what the compiler leaves between members of the sub header with junk;
    /// makedumpfile clears it.
    private byte[] withoutJunk(byte[] file) {
        if (abi == KdumpBuilder.Abi.ILP32) {
            for (int gap : new int[] {20, 36, 52, 68}) {
                Arrays.fill(file, PAGE_BYTES + gap, PAGE_BYTES + gap + 4, (byte) 0);
            }
        }
        return file;
    }

    /// The stored form of a page: what the codec makes of it is not this test's matter.
    private static byte[] zlib(byte[] page) {
        PackedPages packed = new PackedPages(page.length, 1);
        packed.start(1);
        try (PageCompressor compressor = new PageCompressor(Compression.ZLIB)) {
            compressor.compress(ByteBuffer.allocateDirect(page.length).put(0, page), packed);
        }
        byte[] stored = new byte[packed.storedBytes(0)];
        packed.data().get(0, stored);
        return stored;
    }

    private void add(KdumpBuilder builder, long pfn) {
        if (!exists(pfn)) {
            return;
        }
        if (!isStored(pfn)) {
            builder.excludedPage(pfn);
        } else if (isZero(pfn) && (level & 1) != 0) {
            builder.zeroPage(pfn);
        } else if (compression == Compression.ZLIB) {
            builder.page(pfn, zlib(page(pfn)), Compression.ZLIB.flag());
        } else {
            builder.page(pfn, page(pfn), 0);
        }
    }

    KdumpLayout layout() {
        long stored = 0;
        for (long pfn = 0; pfn < frames; pfn++) {
            stored += isStored(pfn) ? 1 : 0;
        }
        DumpHeader header = new DumpHeader(
                "kdump-compressed version 6",
                new Utsname("Linux", "host", "6.1.0-test", "#1 SMP", machineName, "(none)"),
                Optional.of(new CrashTime(1_700_000_000, 123_456)),
                OptionalInt.of(level),
                OptionalLong.of(-0x1200000),
                compression.flag(),
                OptionalInt.of(2),
                eraseInfo.isEmpty() ? Optional.empty() : Optional.of(eraseInfo),
                part);
        List<Note> notes = List.of(
                new Note("CORE", 1, ByteBuffer.wrap(PRSTATUS)),
                new Note("VMCOREINFO", 0, ByteBuffer.wrap(VMCOREINFO.getBytes(StandardCharsets.US_ASCII))));
        return new KdumpLayout(machine(), header, NoteArea.of(notes, order), frames, stored);
    }

    /// As our writer writes it, with a trailer if one is given. Only [KdumpWriter#finish] is left to the caller.
    KdumpWriter write(ByteSink sink, @Nullable TrailerWriter trailer) throws IOException {
        return fill(begin(sink, trailer));
    }

    KdumpWriter begin(ByteSink sink, @Nullable TrailerWriter trailer) throws IOException {
        if (trailer == null) {
            return KdumpWriter.create(sink, layout());
        }
        for (long pfn = 0; pfn < frames; pfn++) {
            trailer.classes().add(exists(pfn) && !isStored(pfn) ? 1 + (int) (pfn % 4) : 0, 1);
        }
        return KdumpWriter.create(sink, layout(), trailer);
    }

    KdumpWriter fill(KdumpWriter writer) throws IOException {
        fillBitmaps(writer);
        appendPages(writer);
        return writer;
    }

    void fillBitmaps(KdumpWriter writer) throws IOException {
        for (long pfn = 0; pfn < frames; pfn += 64) {
            PageBitmap window = PageBitmap.of(pfn, (int) Math.min(64, frames - pfn));
            for (long at = pfn; at < window.endPfn(); at++) {
                if (exists(at)) {
                    window.set(at);
                }
            }
            writer.writeExistingFrames(window);
        }
        for (long pfn = 0; pfn < frames; pfn += 64) {
            PageBitmap window = PageBitmap.of(pfn, (int) Math.min(64, frames - pfn));
            for (long at = pfn; at < window.endPfn(); at++) {
                if (isStored(at)) {
                    window.set(at);
                }
            }
            writer.writeStoredFrames(window);
        }
    }

    /// The file in which equal pages are stored once.
    byte[] shared(@Nullable TrailerWriter trailer) throws IOException {
        MemorySink sink = new MemorySink();
        KdumpWriter writer = begin(sink, trailer);
        writer.share(new SharedPages(1 << 16));
        fill(writer).finish();
        return sink.contents();
    }

    void appendPages(KdumpWriter writer) throws IOException {
        long[] wanted = LongStream.range(0, frames)
                .filter(pfn -> isStored(pfn) && isHere(pfn))
                .toArray();
        PackedPages packed = new PackedPages(PAGE_BYTES, BATCH);
        PageHasher hasher = PageHasher.create();
        ByteBuffer pages = ByteBuffer.allocateDirect(BATCH * PAGE_BYTES);
        try (PageCompressor compressor = new PageCompressor(compression)) {
            for (int first = 0; first < wanted.length; first += BATCH) {
                int count = Math.min(BATCH, wanted.length - first);
                packed.start(count);
                for (int i = 0; i < count; i++) {
                    pages.put(i * PAGE_BYTES, page(wanted[first + i]));
                    if (isZero(wanted[first + i]) && (level & 1) != 0) {
                        packed.leaveOut(i);
                    }
                }
                compressor.compress(pages, packed);
                hasher.name(packed);
                writer.append(packed);
            }
        }
    }
}
