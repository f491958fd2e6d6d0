package io.inquest.dump.codec;

import java.io.File;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Packs pages with our native library, a batch for each call: with libdeflate, libzstd, and LZO and snappy of our
/// own that give the bytes of [LzoCompressor] and [SnappyCompressor].
///
/// The library is one file in the folder that the system property `inquest.lib` names. It is loaded from there and
/// never unpacked: a capture kernel has no disk to unpack to. Without it the codecs in Java do the same work.
final class NativePages implements PagePacker {

    /// libdeflate's level 1 takes 0.4 of the time of zlib's level 1, and its output is from 2 % smaller (all memory) to
    /// 3 % larger (kernel pages). Level 2 takes half as long again, for 2 to 4 %.
    static final int DEFLATE_LEVEL = 1;

    static final int ZSTD_LEVEL = 1;

    private static final String FOLDER_PROPERTY = "inquest.lib";
    private static final String FILE = "libinquest-codec.so";

    /// Why there is no library; null if there is.
    private static final @Nullable String ABSENCE = load();

    private final Compression compression;
    private ByteBuffer staged = ByteBuffer.allocate(0);
    private long handle;

    NativePages(Packing packing) {
        this.compression = packing.compression();
        this.handle = open(compression.flag(), packing.nativeLevel());
        if (handle == 0) {
            throw new OutOfMemoryError("no memory for the native " + compression.label() + " compressor");
        }
    }

    static boolean canDo(Compression compression) {
        return compression != Compression.NONE && ABSENCE == null;
    }

    /// The libraries that are linked in, or why there are none.
    static String describe() {
        return ABSENCE == null ? versions() : "none, " + ABSENCE;
    }

    @SuppressWarnings("restricted")
    private static @Nullable String load() {
        String folder = System.getProperty(FOLDER_PROPERTY);
        if (folder == null) {
            return "no folder given by -D" + FOLDER_PROPERTY;
        }
        File library = new File(folder, FILE).getAbsoluteFile();
        if (!library.exists()) {
            return "there is no " + library;
        }
        try {
            System.load(library.getPath());
            return null;
        } catch (UnsatisfiedLinkError unusable) {
            return String.valueOf(unusable.getMessage());
        }
    }

    @Override
    public void pack(ByteBuffer pages, PackedPages packed) {
        if (handle == 0) {
            throw new IllegalStateException("the compressor is closed");
        }
        int bytes = packed.count() * packed.pageBytes();
        ByteBuffer direct = pages.isDirect() ? pages : stage(pages, bytes);
        ByteBuffer data = packed.data();
        int total =
                pack(handle, direct, packed.pageBytes(), packed.count(), packed.leftOut(), data, packed.storedBytes());
        if (total < 0) {
            throw new OutOfMemoryError("no memory for a batch of " + packed.count() + " pages");
        }
        packed.finish(compression, total);
    }

    /// Native code cannot keep hold of an array, so pages in one are copied.
    private ByteBuffer stage(ByteBuffer pages, int bytes) {
        if (staged.capacity() < bytes) {
            staged = ByteBuffer.allocateDirect(bytes);
        }
        return staged.put(0, pages, 0, bytes);
    }

    @Override
    public void close() {
        if (handle != 0) {
            free(handle);
            handle = 0;
        }
    }

    /// A compressor of the native library; 0 if there is no memory.
    private static native long open(int codec, int level);

    private static native void free(long handle);

    /// Packs `count` pages, writes their sizes to `stored`, and returns the sum; -1 if there is no memory.
    private static native int pack(
            long handle, ByteBuffer pages, int pageBytes, int count, boolean[] leftOut, ByteBuffer data, int[] stored);

    private static native String versions();
}
