package io.inquest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Files whose sizes, counts and offsets lie, and blocks that expand to more than a page: each is refused in
/// one line, or read as far as it goes, in little memory.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class SizeLiesTest {

    /// Of one file, garbage included; [Watch] allows more to inputs that are larger.
    private static final long MOST_BYTES = 96L << 20;

    private static final long[] NUMBERS = {
        0,
        1,
        3,
        0xffff,
        0x7fff_ffff,
        0x8000_0000L,
        0xffff_fffeL,
        0xffff_ffffL,
        1L << 32,
        1L << 47,
        Long.MAX_VALUE - 4095,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -4096,
        -1
    };

    /// `struct disk_dump_header` of 64-bit machines, and `struct kdump_sub_header` behind it (`diskdump_mod.h`).
    private static final Map<String, int[]> KDUMP = new TreeMap<>(Map.ofEntries(
            Map.entry("header_version", new int[] {8, 4}),
            Map.entry("status", new int[] {424, 4}),
            Map.entry("block_size", new int[] {428, 4}),
            Map.entry("sub_hdr_size", new int[] {432, 4}),
            Map.entry("bitmap_blocks", new int[] {436, 4}),
            Map.entry("max_mapnr", new int[] {440, 4}),
            Map.entry("nr_cpus", new int[] {460, 4}),
            Map.entry("dump_level", new int[] {4096 + 8, 4}),
            Map.entry("split", new int[] {4096 + 12, 4}),
            Map.entry("start_pfn", new int[] {4096 + 16, 8}),
            Map.entry("end_pfn", new int[] {4096 + 24, 8}),
            Map.entry("offset_vmcoreinfo", new int[] {4096 + 32, 8}),
            Map.entry("size_vmcoreinfo", new int[] {4096 + 40, 8}),
            Map.entry("offset_note", new int[] {4096 + 48, 8}),
            Map.entry("size_note", new int[] {4096 + 56, 8}),
            Map.entry("offset_eraseinfo", new int[] {4096 + 64, 8}),
            Map.entry("size_eraseinfo", new int[] {4096 + 72, 8}),
            Map.entry("start_pfn_64", new int[] {4096 + 80, 8}),
            Map.entry("end_pfn_64", new int[] {4096 + 88, 8}),
            Map.entry("max_mapnr_64", new int[] {4096 + 96, 8})));

    /// `Elf64_Ehdr`, and the first two of the `Elf64_Phdr` behind it: notes, and a segment.
    private static final Map<String, int[]> ELF = new TreeMap<>(Map.ofEntries(
            Map.entry("e_phoff", new int[] {32, 8}),
            Map.entry("e_shoff", new int[] {40, 8}),
            Map.entry("e_ehsize", new int[] {52, 2}),
            Map.entry("e_phentsize", new int[] {54, 2}),
            Map.entry("e_phnum", new int[] {56, 2}),
            Map.entry("e_shentsize", new int[] {58, 2}),
            Map.entry("e_shnum", new int[] {60, 2}),
            Map.entry("notes' p_offset", new int[] {64 + 8, 8}),
            Map.entry("notes' p_filesz", new int[] {64 + 32, 8}),
            Map.entry("p_offset", new int[] {120 + 8, 8}),
            Map.entry("p_vaddr", new int[] {120 + 16, 8}),
            Map.entry("p_paddr", new int[] {120 + 24, 8}),
            Map.entry("p_filesz", new int[] {120 + 32, 8}),
            Map.entry("p_memsz", new int[] {120 + 40, 8})));

    private int read;

    @Test
    void kdumpFiles() throws Exception {
        byte[] good = Targets.named("kdump").seeds().make().get(5);
        lie("kdump", good, KDUMP, ByteOrder.LITTLE_ENDIAN);
        assertThat(read).isGreaterThan(200);
    }

    /// All places of the headers, the bitmaps and the descriptors, by words: what has no name above too.
    @Test
    void anyWordOfAKdumpFile() throws Exception {
        byte[] good = Targets.named("kdump").seeds().make().get(5);
        Map<String, int[]> words = new TreeMap<>();
        for (int at = 0; at + 8 <= Math.min(good.length, 6 * 4096); at += 8) {
            if (at % 4096 < 512 && at / 4096 % 4 <= 1) {
                words.put("word " + at, new int[] {at, 8});
            }
        }
        lie("kdump", good, words, ByteOrder.LITTLE_ENDIAN);
        assertThat(read).isGreaterThan(1000);
    }

    @Test
    void elfCores() throws Exception {
        List<byte[]> cores = Targets.named("elf").seeds().make();
        lie("elf", cores.getFirst(), ELF, ByteOrder.LITTLE_ENDIAN);
        // The number of program headers is in section header 0 (PN_XNUM).
        byte[] extended = cores.get(4);
        int sections =
                (int) ByteBuffer.wrap(extended).order(ByteOrder.LITTLE_ENDIAN).getLong(40);
        lie("elf", extended, Map.of("sh_info", new int[] {sections + 44, 4}), ByteOrder.LITTLE_ENDIAN);
        assertThat(read).isGreaterThan(150);
    }

    /// Two segments say that they are the same memory, and each that it is all of the file.
    @Test
    void segmentsThatOverlap() throws Exception {
        byte[] core = Targets.named("elf").seeds().make().getFirst().clone();
        ByteBuffer headers = ByteBuffer.wrap(core).order(ByteOrder.LITTLE_ENDIAN);
        for (int header = 120; header < 232; header += 56) {
            headers.putLong(header + 8, 0)
                    .putLong(header + 24, 0)
                    .putLong(header + 32, core.length)
                    .putLong(header + 40, 1L << 40);
        }
        read("elf", "overlapping segments", core);
    }

    @Test
    void flattenedStreams() throws Exception {
        byte[] good = Targets.named("flattened").seeds().make().getFirst();
        lie(
                "flattened",
                good,
                Map.of(
                        "type",
                        new int[] {16, 8},
                        "version",
                        new int[] {24, 8},
                        "offset",
                        new int[] {4096, 8},
                        "size",
                        new int[] {4104, 8}),
                ByteOrder.BIG_ENDIAN);
        // A hole of an exabyte between two records.
        ByteBuffer wide = ByteBuffer.allocate(good.length + 17);
        wide.put(good, 0, good.length - 16)
                .putLong(1L << 60)
                .putLong(1)
                .put((byte) 1)
                .putLong(-1)
                .putLong(-1);
        read("flattened", "a record at 2^60", wide.array());
        assertThat(read).isGreaterThan(50);
    }

    @Test
    void headersOfBtfAndOfObjects() throws Exception {
        Map<String, int[]> header = new TreeMap<>();
        for (int at = 4; at < 24; at += 4) {
            header.put("word " + at, new int[] {at, 4});
        }
        lie("btf", Targets.named("btf").seeds().make().getFirst(), header, ByteOrder.LITTLE_ENDIAN);
        byte[] object = Targets.named("elf-object").seeds().make().getFirst();
        lie("elf-object", object, ELF, ByteOrder.LITTLE_ENDIAN);
        int sections =
                (int) ByteBuffer.wrap(object).order(ByteOrder.LITTLE_ENDIAN).getLong(40);
        Map<String, int[]> tables = new TreeMap<>();
        for (int section = 0; section < 6; section++) {
            for (int at : new int[] {24, 32, 56}) {
                tables.put("section " + section + " at " + at, new int[] {sections + 64 * section + at, 8});
            }
        }
        lie("elf-object", object, tables, ByteOrder.LITTLE_ENDIAN);
        lie("dwarf", object, tables, ByteOrder.LITTLE_ENDIAN);
        assertThat(read).isGreaterThan(200);
    }

    /// Pages that would expand to gigabytes, in every compression.
    @Test
    void blocksThatExpandToMoreThanAPage() throws Exception {
        ByteArrayOutputStream zlib = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(zlib, new Deflater(9))) {
            for (int i = 0; i < 64; i++) {
                out.write(new byte[1 << 20]);
            }
        }
        read("unzlib", "64 MiB of zeros", zlib.toByteArray());
        read("unsnappy", "a length of 4 GiB", bytes(0xff, 0xff, 0xff, 0xff, 0x0f, 0xfc, 0, 0, 0, 0));
        byte[] run = new byte[1 << 16];
        run[run.length - 1] = 17;
        read("unlzo", "a run of 16 MiB", run);
        // Window 2^41, no content size; one block that repeats a byte two million times; and content sizes that lie.
        read("unzstd", "a window of 2 TiB", bytes(0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xff, 0x03, 0x00, 0xff, 0x41));
        read("unzstd", "a repeated byte", bytes(0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x00, 0xfb, 0xff, 0xff, 0x41));
        read(
                "unzstd",
                "a content of 2^64-1",
                bytes(0x28, 0xb5, 0x2f, 0xfd, 0xe0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x03, 0x00, 0x00));
        read("unzstd", "a dictionary", bytes(0x28, 0xb5, 0x2f, 0xfd, 0x23, 1, 2, 3, 4, 5, 1, 0, 0));
        assertThat(read).isEqualTo(7);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private void lie(String target, byte[] good, Map<String, int[]> fields, ByteOrder order) throws Exception {
        for (var field : fields.entrySet()) {
            int at = field.getValue()[0];
            int width = field.getValue()[1];
            List<Long> values = new ArrayList<>();
            for (long number : NUMBERS) {
                long fitting = width == 8 ? number : number & ((1L << (8 * width)) - 1);
                if (!values.contains(fitting)) {
                    values.add(fitting);
                }
            }
            values.add((long) good.length);
            for (long value : values) {
                byte[] file = good.clone();
                for (int i = 0; i < width; i++) {
                    int shift = 8 * (order == ByteOrder.LITTLE_ENDIAN ? i : width - 1 - i);
                    file[at + i] = (byte) (value >>> shift);
                }
                read(target, field.getKey() + " = " + Long.toHexString(value), file);
            }
        }
    }

    private void read(String target, String lie, byte[] file) throws Exception {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        try {
            Targets.named(target).reader().read(file);
        } catch (Exception refused) {
            assertThat(Targets.named(target).tells(refused))
                    .as(target + ", " + lie + ": " + Arrays.toString(refused.getStackTrace()) + refused)
                    .isTrue();
            assertThat(refused.getMessage())
                    .as(target + ", " + lie)
                    .isNotBlank()
                    .doesNotContain("\n");
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - allocated)
                .as("bytes allocated for " + target + ", " + lie)
                .isLessThan(MOST_BYTES);
        read++;
    }
}
