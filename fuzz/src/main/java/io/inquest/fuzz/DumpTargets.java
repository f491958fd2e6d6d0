package io.inquest.fuzz;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.Machine;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageBitmap;
import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.RawLayout;
import io.inquest.dump.Warnings;
import io.inquest.dump.codec.Codecs;
import io.inquest.dump.codec.Compression;
import io.inquest.dump.io.MemorySource;
import io.inquest.dump.split.SplitSet;
import io.inquest.dump.trailer.Trailer;
import io.inquest.makedumpfile.MakedumpfileCommand;
import io.inquest.makedumpfile.Streams;
import io.inquest.testkit.ElfCoreBuilder;
import io.inquest.testkit.FlattenedBuilder;
import io.inquest.testkit.KdumpBuilder;
import io.inquest.testkit.PagePattern;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// Dumps in every format, from their first byte to their pages.
final class DumpTargets {

    private static final int PAGE_BYTES = 4096;
    /// Frames that are read of one dump, and bits that are asked for at once.
    private static final int MOST_FRAMES = 256;

    private static final int WINDOW = 1 << 12;
    private static final long FAR = 1L << 50;
    private static final String VMCOREINFO = """
            OSRELEASE=6.12.0
            PAGESIZE=4096
            CRASHTIME=1700000000
            SYMBOL(init_uts_ns)=ffffffff81000000
            """;

    private DumpTargets() {}

    static List<Target> all() {
        return List.of(
                new Target("elf", DumpTargets::cores, DumpTargets::open),
                new Target("kdump", DumpTargets::kdumps, DumpTargets::open),
                new Target("flattened", DumpTargets::flattened, DumpTargets::open).shortInputs(20_000),
                new Target("inquest-dump", DumpTargets::ownDumps, DumpTargets::open).shortInputs(2_000),
                new Target("split", DumpTargets::splitSets, DumpTargets::openSet),
                new Target("raw", () -> List.of(new byte[2 * PAGE_BYTES + 1]), DumpTargets::openRaw));
    }

    private static void open(byte[] input) throws IOException {
        try (Dump dump = Dumps.open(new MemorySource("vmcore", input), Warnings.NONE)) {
            ask(dump);
        }
    }

    private static void openRaw(byte[] input) throws IOException {
        Machine machine = new Machine("x86_64", ByteOrder.LITTLE_ENDIAN, 8, 12);
        ask(Dumps.openRaw(
                new MemorySource("image", input), RawLayout.contiguous(machine, input.length), Warnings.NONE));
    }

    /// Two parts of a set, behind the length of the first one.
    private static void openSet(byte[] input) throws IOException {
        if (input.length < Integer.BYTES) {
            return;
        }
        int first = Integer.BYTES
                + (ByteBuffer.wrap(input).getInt() & Integer.MAX_VALUE) % (input.length - Integer.BYTES + 1);
        List<Dump> parts = List.of(
                Dumps.open(new MemorySource("a", Arrays.copyOfRange(input, Integer.BYTES, first)), Warnings.NONE),
                Dumps.open(new MemorySource("b", Arrays.copyOfRange(input, first, input.length)), Warnings.NONE));
        try (Dump set = SplitSet.of(parts, Warnings.NONE)) {
            ask(set);
        }
    }

    /// All that a dump may be asked.
    private static void ask(Dump dump) throws IOException {
        dump.notes().forEach(note -> note.description().remaining());
        Objects.requireNonNull(dump.vmcoreinfo());
        PhysicalMemory memory = dump.memory();
        memory.segments().forEach(segment -> memory.state(segment.physicalAddress() >>> memory.pageShift()));
        if (memory.pageShift() > 16) {
            return;
        }
        long end = memory.endPfn();
        PageBitmap window = PageBitmap.of(0, WINDOW);
        memory.markExisting(window);
        memory.markStored(window);
        window.reset(Math.max(0, end - 1) & -64, WINDOW);
        memory.markExisting(window);
        memory.markStored(window);
        ByteBuffer page = ByteBuffer.allocate(memory.pageBytes());
        long pfn = 0;
        for (int i = 0; i < MOST_FRAMES && pfn < end; i++) {
            readPage(memory, pfn, page);
            pfn = i % 3 == 0 ? memory.alikeUntil(pfn) : pfn + 1;
        }
        readPage(memory, end - 1, page);
        readPage(memory, end, page);
        readPage(memory, Long.MAX_VALUE >>> 12, page);
        if (dump.trailer().isPresent()) {
            Trailer trailer = dump.trailer().get();
            trailer.verify();
            trailer.sameCodeUntil(0);
            trailer.exclusionCode(end - 1);
        }
    }

    private static void readPage(PhysicalMemory memory, long pfn, ByteBuffer page) throws IOException {
        if (pfn < 0) {
            return;
        }
        memory.state(pfn);
        memory.storedForm(pfn);
        memory.exclusionCode(pfn);
        PageState[] states = new PageState[1];
        memory.readPages(pfn, 1, page.clear(), states);
        try {
            memory.read((pfn << memory.pageShift()) + 8, page.clear().limit(64));
        } catch (MemoryFault fault) {
            if (fault.getMessage().isBlank()) {
                throw new AssertionError("a fault says nothing", fault);
            }
        }
    }

    private static List<byte[]> cores() {
        List<byte[]> cores = new ArrayList<>();
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            cores.add(core(ElfCoreBuilder.elf64(order)));
            cores.add(core(ElfCoreBuilder.elf32(order).machine(3)));
        }
        cores.add(core(ElfCoreBuilder.elf64(ByteOrder.LITTLE_ENDIAN).extendedNumbering()));
        cores.add(core(ElfCoreBuilder.elf64(ByteOrder.LITTLE_ENDIAN)
                .looseHeaders(16, 8)
                .flags(1)));
        return cores;
    }

    private static byte[] core(ElfCoreBuilder builder) {
        return builder.note("CORE", 1, new byte[336])
                .note("VMCOREINFO", 0, VMCOREINFO.getBytes(StandardCharsets.US_ASCII))
                .load(0, PagePattern.of(1, PAGE_BYTES))
                .load(4 * PAGE_BYTES, PagePattern.of(2, PAGE_BYTES), 2 * PAGE_BYTES)
                .build();
    }

    private static List<byte[]> kdumps() throws IOException {
        List<byte[]> dumps = new ArrayList<>();
        for (int version = 1; version <= 6; version++) {
            dumps.add(kdump(KdumpBuilder.version(version)));
        }
        for (KdumpBuilder.Abi abi : KdumpBuilder.Abi.values()) {
            dumps.add(kdump(KdumpBuilder.version(6).abi(abi, ByteOrder.BIG_ENDIAN)));
            dumps.add(kdump(KdumpBuilder.version(6).abi(abi, ByteOrder.LITTLE_ENDIAN)));
        }
        dumps.add(kdump(KdumpBuilder.version(6).oneBitmap().status(2)));
        return dumps;
    }

    private static byte[] kdump(KdumpBuilder builder) {
        builder.vmcoreinfo(VMCOREINFO)
                .page(1)
                .zlibPage(2)
                .zeroPage(3)
                .excludedPage(4)
                .lostPage(5);
        int pfn = 6;
        for (Compression compression : List.of(Compression.LZO, Compression.SNAPPY, Compression.ZSTD)) {
            byte[] page = CodecTargets.compressible(pfn, PAGE_BYTES);
            byte[] packed = new byte[PAGE_BYTES];
            try (var compressor = Codecs.newCompressor(compression)) {
                int bytes = compressor.compress(page, 0, PAGE_BYTES, packed, 0, PAGE_BYTES);
                builder.page(pfn++, Arrays.copyOf(packed, bytes), compression.flag());
            }
        }
        return builder.build();
    }

    private static List<byte[]> flattened() throws IOException {
        List<byte[]> streams = new ArrayList<>();
        streams.add(new FlattenedBuilder().file(cores().getFirst(), 1000).build());
        streams.add(new FlattenedBuilder().file(kdumps().get(5), 4096).reverse().build());
        streams.add(
                new FlattenedBuilder().file(kdumps().get(5), 700).withoutEnd().build());
        streams.add(new FlattenedBuilder()
                .file(endless(kdumps().get(5)), 4096)
                .record(FAR, new byte[] {1})
                .build());
        return streams;
    }

    /// Headers that promise tables and texts of terabytes, for which a stream with one record far away has room.
    private static byte[] endless(byte[] kdump) {
        ByteBuffer fields = ByteBuffer.wrap(kdump).order(ByteOrder.LITTLE_ENDIAN);
        fields.putInt(436, 1 << 20).putInt(440, -1).putLong(PAGE_BYTES + 96, 1L << 34);
        for (int area = PAGE_BYTES + 32; area < PAGE_BYTES + 80; area += 16) {
            fields.putLong(area, FAR / 2).putLong(area + 8, FAR / 4);
        }
        return kdump;
    }

    private static List<byte[]> splitSets() {
        List<byte[]> sets = new ArrayList<>();
        byte[] low = kdump(KdumpBuilder.version(6).part(0, 4));
        byte[] high = kdump(KdumpBuilder.version(6).part(4, 64));
        sets.add(ByteBuffer.allocate(Integer.BYTES + low.length + high.length)
                .putInt(low.length)
                .put(low)
                .put(high)
                .array());
        return sets;
    }

    /// What Inquest itself writes, with its trailer.
    private static List<byte[]> ownDumps() throws IOException {
        List<byte[]> dumps = new ArrayList<>();
        Path folder = Files.createTempDirectory("inquest-fuzz");
        Path core = Files.write(folder.resolve("core"), cores().getFirst());
        Path written = folder.resolve("written");
        for (String how : List.of("-c", "-l", "-p", "-z", "-E")) {
            ByteArrayOutputStream told = new ByteArrayOutputStream();
            int status = MakedumpfileCommand.run(
                    new String[] {"-f", how, "-d", "1", core.toString(), written.toString()},
                    new Streams(new ByteArrayInputStream(new byte[0]), told, told));
            if (status != 0) {
                throw new IOException(told.toString(StandardCharsets.UTF_8));
            }
            dumps.add(Files.readAllBytes(written));
        }
        Files.deleteIfExists(written);
        Files.delete(core);
        Files.delete(folder);
        return dumps;
    }
}
