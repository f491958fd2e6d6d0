package io.inquest.dump.kdump;

import io.inquest.dump.PageState;
import io.inquest.dump.codec.BlockDecompressor;
import io.inquest.dump.codec.Codecs;
import io.inquest.dump.codec.Compression;
import io.inquest.dump.codec.MalformedBlockException;
import io.inquest.dump.format.Zeros;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;

/// Reads runs of pages, with buffers and decompressors of its own. One thread at a time.
///
/// Pages whose data lies one behind the other in the file, as writers leave it, are read at once; plain ones right
/// into the caller's buffer.
final class PageReader implements AutoCloseable {

    private static final int BATCH = 128;
    private static final int STORED_BYTES = 256 << 10;

    private final PageTable table;
    private final int pageBytes;
    private final byte[] page;
    private final byte[] stored;
    private final ByteBuffer storedBuffer;
    private final Map<Compression, BlockDecompressor> decompressors = new EnumMap<>(Compression.class);

    private final long[] offsets = new long[BATCH];
    private final int[] sizes = new int[BATCH];
    private final int[] flags = new int[BATCH];
    private final int[] slots = new int[BATCH];
    private int batched;

    PageReader(PageTable table) {
        this.table = table;
        pageBytes = table.pageBytes();
        page = new byte[pageBytes];
        stored = new byte[STORED_BYTES];
        storedBuffer = ByteBuffer.wrap(stored);
    }

    /// See [io.inquest.dump.PhysicalMemory#readPages].
    void read(long pfn, int count, ByteBuffer target, PageState[] states) throws IOException {
        int base = target.position();
        batched = 0;
        long index = -1;
        for (int slot = 0; slot < count; slot++) {
            PageState state = table.promise(pfn + slot);
            if (state == PageState.STORED) {
                index = index < 0 ? table.descriptorIndex(pfn + slot) : index;
                state = add(index++, slot);
            }
            states[slot] = state;
            if (state != PageState.STORED) {
                clear(target, base, slot);
            }
            if (batched == BATCH) {
                readBatch(pfn, target, base, states);
            }
        }
        readBatch(pfn, target, base, states);
        target.position(base + count * pageBytes);
    }

    private PageState add(long index, int slot) throws IOException {
        PageDescriptors.Block block = table.descriptors().block(index);
        int at = PageDescriptors.indexInBlock(index);
        offsets[batched] = block.offset(at);
        sizes[batched] = block.size(at);
        flags[batched] = block.flags(at);
        slots[batched] = slot;
        PageState state = table.state(offsets[batched], sizes[batched], flags[batched]);
        batched += state == PageState.STORED ? 1 : 0;
        return state;
    }

    private void readBatch(long pfn, ByteBuffer target, int base, PageState[] states) throws IOException {
        for (int from = 0; from < batched; ) {
            int to = from + 1;
            int bytes = sizes[from];
            boolean plain = flags[from] == 0;
            while (to < batched
                    && offsets[to] == offsets[to - 1] + sizes[to - 1]
                    && bytes + sizes[to] <= STORED_BYTES
                    && (!plain || (flags[to] == 0 && slots[to] == slots[to - 1] + 1))) {
                bytes += sizes[to++];
            }
            if (plain) {
                readPlain(from, to, target, base, states);
            } else {
                readCompressed(pfn, from, to, bytes, target, base, states);
            }
            from = to;
        }
        batched = 0;
    }

    /// Plain pages that are neighbours in the file and in the target.
    private void readPlain(int from, int to, ByteBuffer target, int base, PageState[] states) throws IOException {
        int start = base + slots[from] * pageBytes;
        ByteBuffer run =
                target.duplicate().limit(start + (to - from) * pageBytes).position(start);
        try {
            table.source().readFully(offsets[from], run);
        } catch (EOFException cut) {
            for (int i = from + (run.position() - start) / pageBytes; i < to; i++) {
                lose(i, target, base, states);
            }
        }
    }

    private void readCompressed(long pfn, int from, int to, int bytes, ByteBuffer target, int base, PageState[] states)
            throws IOException {
        storedBuffer.clear().limit(bytes);
        try {
            table.source().readFully(offsets[from], storedBuffer);
        } catch (EOFException cut) {
            bytes = storedBuffer.position();
        }
        int at = 0;
        for (int i = from; i < to; at += sizes[i++]) {
            if (at + sizes[i] > bytes || !expand(pfn, i, at, target, base)) {
                lose(i, target, base, states);
            }
        }
    }

    private boolean expand(long pfn, int i, int at, ByteBuffer target, int base) {
        int start = base + slots[i] * pageBytes;
        Compression compression = Compression.ofFlag(flags[i]);
        try {
            if (compression == null || compression == Compression.NONE) {
                target.put(start, stored, at, pageBytes);
                return true;
            }
            boolean inPlace = target.hasArray();
            byte[] to = inPlace ? target.array() : page;
            int toAt = inPlace ? target.arrayOffset() + start : 0;
            int expanded = decompressor(compression).decompress(stored, at, sizes[i], to, toAt, pageBytes);
            if (expanded != pageBytes) {
                throw new MalformedBlockException(
                        "its " + compression.label() + " data gives " + expanded + " of " + pageBytes + " bytes");
            }
            if (!inPlace) {
                target.put(start, page, 0, pageBytes);
            }
            return true;
        } catch (MalformedBlockException damaged) {
            table.tellDamage(pfn + slots[i], String.valueOf(damaged.getMessage()));
            return false;
        }
    }

    private BlockDecompressor decompressor(Compression compression) {
        BlockDecompressor known = decompressors.get(compression);
        if (known == null) {
            known = Codecs.newDecompressor(compression);
            decompressors.put(compression, known);
        }
        return known;
    }

    private void lose(int i, ByteBuffer target, int base, PageState[] states) {
        states[slots[i]] = PageState.LOST;
        clear(target, base, slots[i]);
    }

    private void clear(ByteBuffer target, int base, int slot) {
        int start = base + slot * pageBytes;
        Zeros.fill(target, start, start + pageBytes);
    }

    @Override
    public void close() {
        for (BlockDecompressor decompressor : decompressors.values()) {
            decompressor.close();
        }
    }
}
