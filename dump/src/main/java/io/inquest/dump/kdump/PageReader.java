package io.inquest.dump.kdump;

import io.inquest.dump.PageState;
import io.inquest.dump.codec.MalformedBlockException;
import io.inquest.dump.format.Zeros;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

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
    private final Unpacker unpacker;

    private final long[] offsets = new long[BATCH];
    private final int[] sizes = new int[BATCH];
    private final int[] flags = new int[BATCH];
    private final int[] slots = new int[BATCH];
    private int batched;

    PageReader(PageTable table) {
        this.table = table;
        pageBytes = table.pageBytes();
        page = new byte[pageBytes];
        unpacker = new Unpacker(pageBytes);
        stored = new byte[STORED_BYTES];
        storedBuffer = ByteBuffer.wrap(stored);
    }

    /// What one call asks for: the frame in slot 0, and where the pages and their states go.
    private final class Request {

        final long firstPfn;
        final ByteBuffer target;
        private final int base;
        private final PageState[] states;

        Request(long firstPfn, ByteBuffer target, PageState[] states) {
            this.firstPfn = firstPfn;
            this.target = target;
            this.base = target.position();
            this.states = states;
        }

        /// Where in the target the page of a slot begins.
        int at(int slot) {
            return base + slot * pageBytes;
        }

        void leave(int slot, PageState state) {
            states[slot] = state;
            Zeros.fill(target, at(slot), at(slot + 1));
        }
    }

    /// See [io.inquest.dump.PhysicalMemory#readPages].
    void read(long pfn, int count, ByteBuffer target, PageState[] states) throws IOException {
        Request request = new Request(pfn, target, states);
        batched = 0;
        long index = -1;
        for (int slot = 0; slot < count; slot++) {
            PageState state = table.promise(pfn + slot);
            if (state == PageState.STORED) {
                index = index < 0 ? table.descriptorIndex(pfn + slot) : index;
                state = add(index++, slot);
            }
            if (state == PageState.STORED) {
                states[slot] = state;
            } else {
                request.leave(slot, state);
            }
            if (batched == BATCH) {
                readBatch(request);
            }
        }
        readBatch(request);
        target.position(request.at(count));
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

    private void readBatch(Request request) throws IOException {
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
            readRun(request, from, to);
            from = to;
        }
        batched = 0;
    }

    /// Reads pages that are neighbours in the file, plain ones in the target too. If the input refuses them, each is
    /// asked for alone.
    private void readRun(Request request, int from, int to) throws IOException {
        try {
            if (flags[from] == 0) {
                readPlain(request, from, to);
            } else {
                readCompressed(request, from, to);
            }
            table.lostPages().given();
        } catch (IOException refused) {
            if (to - from > 1) {
                for (int i = from; i < to; i++) {
                    readRun(request, i, i + 1);
                }
            } else {
                table.lostPages().refused(request.firstPfn + slots[from], refused);
                request.leave(slots[from], PageState.LOST);
            }
        }
    }

    private void readPlain(Request request, int from, int to) throws IOException {
        int start = request.at(slots[from]);
        ByteBuffer run = request.target
                .duplicate()
                .limit(start + (to - from) * pageBytes)
                .position(start);
        try {
            table.source().readFully(offsets[from], run);
        } catch (EOFException cut) {
            for (int i = from + (run.position() - start) / pageBytes; i < to; i++) {
                request.leave(slots[i], PageState.LOST);
            }
        }
    }

    private void readCompressed(Request request, int from, int to) throws IOException {
        int bytes = (int) (offsets[to - 1] + sizes[to - 1] - offsets[from]);
        storedBuffer.clear().limit(bytes);
        try {
            table.source().readFully(offsets[from], storedBuffer);
        } catch (EOFException cut) {
            bytes = storedBuffer.position();
        }
        int at = 0;
        for (int i = from; i < to; at += sizes[i++]) {
            if (at + sizes[i] > bytes || !expand(request, i, at)) {
                request.leave(slots[i], PageState.LOST);
            }
        }
    }

    private boolean expand(Request request, int i, int at) {
        ByteBuffer target = request.target;
        int start = request.at(slots[i]);
        boolean inPlace = target.hasArray();
        try {
            unpacker.unpack(
                    flags[i],
                    stored,
                    at,
                    sizes[i],
                    inPlace ? target.array() : page,
                    inPlace ? target.arrayOffset() + start : 0);
        } catch (MalformedBlockException damaged) {
            table.lostPages().damaged(request.firstPfn + slots[i], String.valueOf(damaged.getMessage()));
            return false;
        }
        if (!inPlace) {
            target.put(start, page, 0, pageBytes);
        }
        return true;
    }

    @Override
    public void close() {
        unpacker.close();
    }
}
