package io.inquest.kernel.elf;

import io.inquest.dump.DumpException;
import io.inquest.dump.codec.BlockDecompressor;
import io.inquest.dump.codec.Codecs;
import io.inquest.dump.codec.Compression;
import io.inquest.dump.codec.MalformedBlockException;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.MemorySource;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Expands a compressed section.
///
/// | ELF64 | ELF32 | Field          | Meaning                                  |
/// |------:|------:|----------------|------------------------------------------|
/// |   0/4 |   0/4 | `ch_type`      | 1 zlib, 2 zstd                           |
/// |   8/8 |   4/4 | `ch_size`      | bytes when expanded                      |
/// |  16/8 |   8/4 | `ch_addralign` | not needed                               |
///
/// `.zdebug_` sections, which GNU tools wrote before, begin with `ZLIB` and the expanded size in 8 bytes, big
/// endian, whatever the object's order.
///
/// Expanded bytes lie outside the Java heap: `.debug_info` of a kernel alone has 200 MB.
final class Expansion {

    private static final int ZLIB = 1;
    private static final int ZSTD = 2;
    private static final int ZDEBUG_MAGIC = 0x5a4c4942;
    private static final int ZDEBUG_HEADER_BYTES = 12;

    /// More than the largest section of a kernel with all options on.
    private static final long LARGEST = 1L << 30;

    /// Deflate cannot shrink by more than a factor of 1032; zstd hardly does with debug information.
    private static final long MOST_SHRINKING = 1032;

    /// A zstd frame is expanded on the Java heap first.
    private static final long LARGEST_ZSTD = 64L << 20;

    private static final int STEP_BYTES = 256 << 10;

    private final ByteSource packed;
    private final long start;
    private final long size;

    private Expansion(ByteSource packed, long start, long size) throws DumpException {
        this.packed = packed;
        this.start = start;
        this.size = size;
        if (size < 0 || size > LARGEST || size / MOST_SHRINKING > packed.size()) {
            throw new DumpException(packed.name() + ": its " + packed.size() + " bytes claim to expand to "
                    + Long.toUnsignedString(size) + "; it is damaged");
        }
    }

    static ByteSource of(ByteSource packed, ByteOrder order, int wordBytes) throws IOException {
        boolean wide = wordBytes == 8;
        ByteBuffer header = ElfHeader.bytes(packed, 0, wide ? 24 : 12).order(order);
        int type = header.getInt(0);
        long size = wide ? header.getLong(8) : header.getInt(4) & 0xffff_ffffL;
        Expansion expansion = new Expansion(packed, header.limit(), size);
        return switch (type) {
            case ZLIB -> expansion.inflate();
            case ZSTD -> expansion.zstd();
            default ->
                throw new DumpException(packed.name() + ": is compressed by method " + type
                        + ", expected 1 (zlib) or 2 (zstd); expand it with \"objcopy --decompress-debug-sections\"");
        };
    }

    static ByteSource ofZdebug(ByteSource packed) throws IOException {
        ByteBuffer header = ElfHeader.bytes(packed, 0, ZDEBUG_HEADER_BYTES);
        if (header.getInt(0) != ZDEBUG_MAGIC) {
            throw new DumpException(packed.name() + ": does not begin with \"ZLIB\"");
        }
        return new Expansion(packed, ZDEBUG_HEADER_BYTES, header.getLong(4)).inflate();
    }

    private ByteSource inflate() throws IOException {
        ByteBuffer target = Arena.ofAuto().allocate(Math.max(1, size)).asByteBuffer();
        target.limit((int) size);
        ByteBuffer step = ByteBuffer.allocate(STEP_BYTES);
        try (Inflater inflater = new Inflater()) {
            long at = start;
            while (!inflater.finished() && target.hasRemaining()) {
                if (inflater.needsInput()) {
                    step.clear();
                    if (packed.read(at, step) < 0) {
                        throw damaged("it ends " + target.remaining() + " bytes early");
                    }
                    at += step.position();
                    inflater.setInput(step.flip());
                }
                inflater.inflate(target);
            }
        } catch (DataFormatException broken) {
            throw damaged(String.valueOf(broken.getMessage()));
        }
        if (target.hasRemaining()) {
            throw damaged("it ends " + target.remaining() + " bytes early");
        }
        return new MemorySource(packed.name(), target.flip());
    }

    private ByteSource zstd() throws IOException {
        if (size > LARGEST_ZSTD) {
            throw new DumpException(
                    packed.name() + ": expands to " + size + " bytes of zstd, more than is done in memory"
                            + "; expand the file with \"objcopy --decompress-debug-sections\"");
        }
        byte[] source =
                ElfHeader.bytes(packed, start, (int) (packed.size() - start)).array();
        byte[] target = new byte[(int) size];
        try (BlockDecompressor decompressor = Codecs.newDecompressor(Compression.ZSTD)) {
            int produced = decompressor.decompress(source, 0, source.length, target, 0, target.length);
            if (produced != size) {
                throw damaged("it ends " + (size - produced) + " bytes early");
            }
        } catch (MalformedBlockException broken) {
            throw damaged(String.valueOf(broken.getMessage()));
        }
        return new MemorySource(packed.name(), target);
    }

    private DumpException damaged(String why) {
        return new DumpException(packed.name() + ": cannot be expanded: " + why + "; copy the file again");
    }
}
