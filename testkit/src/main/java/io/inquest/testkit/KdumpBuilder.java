package io.inquest.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;

/// Builds small kdump-compressed files of any header version, ABI and byte order, written from makedumpfile's
/// `diskdump_mod.h` alone. Fields that are newer than the version hold junk, as they may in real files.
public final class KdumpBuilder {

    /// How the writing program lays out its structures, with the offsets that follow.
    public enum Abi {
        /// 64-bit.
        LP64(8, 424, 408, 32, 104),
        /// i386: 8-byte types are aligned to 4.
        I386(4, 412, 404, 20, 80),
        /// arm, ppc and others with 32 bits: 8-byte types are aligned to 8.
        ILP32(4, 412, 404, 24, 96);

        private final int word;
        private final int statusAt;
        private final int timeAt;
        private final int vmcoreinfoAt;
        private final int subHeaderBytes;

        Abi(int word, int statusAt, int timeAt, int vmcoreinfoAt, int subHeaderBytes) {
            this.word = word;
            this.statusAt = statusAt;
            this.timeAt = timeAt;
            this.vmcoreinfoAt = vmcoreinfoAt;
            this.subHeaderBytes = subHeaderBytes;
        }

        /// Distance of two pairs of an 8-byte offset and a size in the sub header.
        private int areaStride() {
            return this == I386 ? 12 : 16;
        }

        private int widePfnsAt() {
            return subHeaderBytes - 24;
        }
    }

    private static final byte JUNK = 0x5a;
    private static final int DESCRIPTOR_BYTES = 24;

    private enum Kind {
        STORED,
        ZERO,
        EXCLUDED,
        LOST
    }

    private record Frame(Kind kind, ByteBuffer stored, int flags) {

        byte[] storedBytes() {
            byte[] bytes = new byte[stored.capacity()];
            stored.get(0, bytes);
            return bytes;
        }
    }

    private final int version;
    private Abi abi = Abi.LP64;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private int blockBytes = 4096;
    private int level = 31;
    private int status;
    private int cpus = 1;
    private long crashTime;
    private int crashMicroseconds;
    private long physBase;
    private long frames = 64;
    private boolean oneBitmap;
    private boolean wideTime;
    private long partStart = -1;
    private long partEnd = -1;
    private String[] utsname = {"Linux", "host", "6.1.0-test", "#1 SMP", "x86_64", "(none)"};
    private String eraseInfo = "";
    private String vmcoreinfo = "";
    private final ByteArrayOutputStream notes = new ByteArrayOutputStream();
    private final Map<Long, Frame> pages = new TreeMap<>();

    private KdumpBuilder(int version) {
        this.version = version;
    }

    /// A file with this header version, of 64 frames, for a 64-bit little-endian machine.
    public static KdumpBuilder version(int version) {
        return new KdumpBuilder(version);
    }

    /// Before any note.
    public KdumpBuilder abi(Abi newAbi, ByteOrder newOrder) {
        abi = newAbi;
        order = newOrder;
        return this;
    }

    public KdumpBuilder blockBytes(int bytes) {
        blockBytes = bytes;
        return this;
    }

    public KdumpBuilder level(int dumpLevel) {
        level = dumpLevel;
        return this;
    }

    public KdumpBuilder status(int bits) {
        status = bits;
        return this;
    }

    public KdumpBuilder cpus(int count) {
        cpus = count;
        return this;
    }

    public KdumpBuilder crashTime(long seconds) {
        return crashTime(seconds, 0);
    }

    public KdumpBuilder crashTime(long seconds, int microseconds) {
        crashTime = seconds;
        crashMicroseconds = microseconds;
        return this;
    }

    /// As a 32-bit writer with a 64-bit `time_t` does it.
    public KdumpBuilder wideTime() {
        wideTime = true;
        return this;
    }

    public KdumpBuilder physBase(long base) {
        physBase = base;
        return this;
    }

    public KdumpBuilder machine(String name) {
        utsname[4] = name;
        return this;
    }

    public KdumpBuilder withoutUtsname() {
        utsname = new String[] {"", "", "", "", "", ""};
        return this;
    }

    /// `max_mapnr`.
    public KdumpBuilder frames(long count) {
        frames = count;
        return this;
    }

    /// Only one bitmap, which means both.
    public KdumpBuilder oneBitmap() {
        oneBitmap = true;
        return this;
    }

    /// One part of a split set: pages of other frames are in the bitmaps only.
    public KdumpBuilder part(long startPfn, long endPfn) {
        partStart = startPfn;
        partEnd = endPfn;
        return this;
    }

    public KdumpBuilder note(String name, int type, byte[] description) {
        notes.writeBytes(NoteBytes.of(order, name, type, description));
        return this;
    }

    /// A VMCOREINFO note, or the bare text in version 3, which has no notes.
    public KdumpBuilder vmcoreinfo(String text) {
        vmcoreinfo = text;
        return version >= 4 ? note("VMCOREINFO", 0, text.getBytes(StandardCharsets.ISO_8859_1)) : this;
    }

    public KdumpBuilder eraseInfo(String text) {
        eraseInfo = text;
        return this;
    }

    /// A page with contents that tell the frame, not compressed.
    public KdumpBuilder page(long pfn) {
        return page(pfn, PagePattern.of(pfn, blockBytes), 0);
    }

    /// A page whose stored bytes and descriptor flags are given.
    public KdumpBuilder page(long pfn, byte[] stored, int flags) {
        pages.put(pfn, new Frame(Kind.STORED, ByteBuffer.wrap(stored), flags));
        return this;
    }

    /// A page with contents that tell the frame, compressed by zlib.
    public KdumpBuilder zlibPage(long pfn) {
        Deflater deflater = new Deflater(1);
        deflater.setInput(PagePattern.of(pfn, blockBytes));
        deflater.finish();
        byte[] stored = new byte[blockBytes];
        int length = deflater.deflate(stored);
        deflater.end();
        return page(pfn, Arrays.copyOf(stored, length), 1);
    }

    /// A page that shares the zero page.
    public KdumpBuilder zeroPage(long pfn) {
        return frame(pfn, Kind.ZERO);
    }

    /// A frame in bitmap 1 only.
    public KdumpBuilder excludedPage(long pfn) {
        return frame(pfn, Kind.EXCLUDED);
    }

    /// A page that was promised but never written: its descriptor is zero.
    public KdumpBuilder lostPage(long pfn) {
        return frame(pfn, Kind.LOST);
    }

    private KdumpBuilder frame(long pfn, Kind kind) {
        pages.put(pfn, new Frame(kind, ByteBuffer.allocate(0), 0));
        return this;
    }

    public byte[] build() {
        int bitmapBlocks = Math.toIntExact(((frames + 7) / 8 + blockBytes - 1) / blockBytes);
        int subBlocks = blocks(abi.subHeaderBytes + notes.size() + vmcoreinfo.length());
        int bitmapsAt = (1 + subBlocks) * blockBytes;
        int bothBlocks = oneBitmap ? bitmapBlocks : 2 * bitmapBlocks;
        int descriptorsAt = bitmapsAt + bothBlocks * blockBytes;
        int dataAt = descriptorsAt + DESCRIPTOR_BYTES * promised();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer head = ByteBuffer.allocate(dataAt).order(order);
        byte[] data = putPages(head, descriptorsAt, dataAt);
        putHeader(head, subBlocks, bothBlocks);
        putSubHeader(head, dataAt + data.length);
        putBitmaps(head, bitmapsAt, bothBlocks * blockBytes / (oneBitmap ? 1 : 2));
        all.writeBytes(head.array());
        all.writeBytes(data);
        all.writeBytes(eraseInfo.getBytes(StandardCharsets.ISO_8859_1));
        return all.toByteArray();
    }

    private int promised() {
        int count = 0;
        for (Frame frame : pages.values()) {
            count += frame.kind == Kind.EXCLUDED ? 0 : 1;
        }
        return count;
    }

    private byte[] putPages(ByteBuffer head, int descriptorsAt, int dataAt) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        if ((level & 1) != 0) {
            data.writeBytes(new byte[blockBytes]);
        }
        int at = descriptorsAt;
        for (Map.Entry<Long, Frame> entry : pages.entrySet()) {
            Frame frame = entry.getValue();
            boolean inPart = partStart < 0 || (entry.getKey() >= partStart && entry.getKey() < partEnd);
            if (frame.kind == Kind.EXCLUDED || !inPart) {
                continue;
            }
            if (frame.kind == Kind.ZERO) {
                head.putLong(at, dataAt).putInt(at + 8, blockBytes);
            } else if (frame.kind == Kind.STORED) {
                head.putLong(at, dataAt + data.size())
                        .putInt(at + 8, frame.stored.capacity())
                        .putInt(at + 12, frame.flags);
                data.writeBytes(frame.storedBytes());
            }
            at += DESCRIPTOR_BYTES;
        }
        return data.toByteArray();
    }

    private void putHeader(ByteBuffer head, int subBlocks, int bothBlocks) {
        head.put(0, "KDUMP   ".getBytes(StandardCharsets.ISO_8859_1)).putInt(8, version);
        for (int i = 0; i < utsname.length; i++) {
            head.put(12 + 65 * i, utsname[i].getBytes(StandardCharsets.ISO_8859_1));
        }
        int at = abi.statusAt;
        if (wideTime) {
            at = abi == Abi.I386 ? 420 : 424;
            head.putLong(at - 16, crashTime).putLong(at - 8, crashMicroseconds);
        } else {
            putWord(head, abi.timeAt, crashTime);
            putWord(head, abi.timeAt + abi.word, crashMicroseconds);
        }
        head.putInt(at, status).putInt(at + 4, blockBytes).putInt(at + 8, subBlocks);
        head.putInt(at + 12, bothBlocks).putInt(at + 16, (int) Math.min(frames, 0xffff_ffffL));
        head.putInt(at + 36, cpus);
    }

    private void putSubHeader(ByteBuffer head, int eraseAt) {
        int base = blockBytes;
        int notesAt = base + abi.subHeaderBytes;
        for (int i = 0; i < abi.subHeaderBytes; i++) {
            head.put(base + i, JUNK);
        }
        putWord(head, base, physBase);
        if (version >= 1) {
            head.putInt(base + abi.word, level);
        }
        if (version >= 2) {
            head.putInt(base + abi.word + 4, partStart < 0 ? 0 : 1);
            putWord(head, base + abi.word + 8, Math.max(0, partStart));
            putWord(head, base + 2 * abi.word + 8, Math.max(0, partEnd));
        }
        int area = base + abi.vmcoreinfoAt;
        if (version >= 3) {
            int at = version == 3 ? notesAt : notesAt + notes.size() - padded(vmcoreinfo.length());
            putArea(head, area, vmcoreinfo.isEmpty() ? 0 : at, vmcoreinfo.length());
        }
        if (version >= 4) {
            putArea(head, area + abi.areaStride(), notes.size() == 0 ? 0 : notesAt, notes.size());
        }
        if (version >= 5) {
            putArea(head, area + 2 * abi.areaStride(), eraseInfo.isEmpty() ? 0 : eraseAt, eraseInfo.length());
        }
        if (version >= 6) {
            int at = base + abi.widePfnsAt();
            head.putLong(at, Math.max(0, partStart)).putLong(at + 8, Math.max(0, partEnd));
            head.putLong(at + 16, frames);
        }
        head.put(notesAt, version == 3 ? vmcoreinfo.getBytes(StandardCharsets.ISO_8859_1) : notes.toByteArray());
    }

    private void putBitmaps(ByteBuffer head, int bitmapsAt, int bitmapBytes) {
        for (Map.Entry<Long, Frame> entry : pages.entrySet()) {
            int at = bitmapsAt + (int) (entry.getKey() >>> 3);
            int bit = 1 << (entry.getKey() & 7);
            if (!oneBitmap) {
                head.put(at, (byte) (head.get(at) | bit));
                at += bitmapBytes;
            }
            if (entry.getValue().kind != Kind.EXCLUDED) {
                head.put(at, (byte) (head.get(at) | bit));
            }
        }
    }

    private void putArea(ByteBuffer head, int at, long offset, long length) {
        head.putLong(at, offset);
        putWord(head, at + 8, length);
    }

    private void putWord(ByteBuffer head, int at, long value) {
        if (abi.word == 8) {
            head.putLong(at, value);
        } else {
            head.putInt(at, (int) value);
        }
    }

    private int blocks(int bytes) {
        return (bytes + blockBytes - 1) / blockBytes;
    }

    private static int padded(int length) {
        return (length + 3) & -4;
    }
}
