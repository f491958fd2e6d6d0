package io.inquest.dump.codec;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// A compression library of this machine, as makedumpfile and crash are linked with it.
///
/// The functions are called as their headers declare them: `zlib.h`, `lzo/lzo1x.h`, `snappy-c.h`, `zstd.h`.
final class SystemLibrary {

    private static final int LZO_WORK_BYTES = 128 << 10;

    private final Compression compression;
    private final SymbolLookup symbols;

    private SystemLibrary(Compression compression, SymbolLookup symbols) {
        this.compression = compression;
        this.symbols = symbols;
    }

    static String file(Compression compression) {
        return switch (compression) {
            case ZLIB -> "libz.so.1";
            case LZO -> "liblzo2.so.2";
            case SNAPPY -> "libsnappy.so.1";
            case ZSTD -> "libzstd.so.1";
            case NONE -> throw new IllegalArgumentException("no library");
        };
    }

    /// The library, if it is installed.
    @SuppressWarnings("restricted")
    static Optional<SystemLibrary> find(Compression compression) {
        try {
            return Optional.of(
                    new SystemLibrary(compression, SymbolLookup.libraryLookup(file(compression), Arena.global())));
        } catch (IllegalArgumentException notInstalled) {
            return Optional.empty();
        }
    }

    /// Levels that make blocks of different kinds; one for those that have none.
    int[] levels() {
        return switch (compression) {
            case ZLIB -> new int[] {0, 1, 6, 9};
            case ZSTD -> new int[] {-5, 1, 3, 19};
            default -> new int[] {0};
        };
    }

    byte[] compress(byte[] block, int level) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment source = copy(arena, block);
            MemorySegment target = arena.allocate(block.length + block.length / 4 + 1000);
            MemorySegment size = arena.allocate(JAVA_LONG);
            size.set(JAVA_LONG, 0, target.byteSize());
            long length = block.length;
            long answer = switch (compression) {
                case ZLIB ->
                    (int) function("compress2", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT)
                            .invoke(target, size, source, length, level);
                case LZO ->
                    (int) function("lzo1x_1_compress", JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS)
                            .invoke(source, length, target, size, arena.allocate(LZO_WORK_BYTES, 16));
                case SNAPPY ->
                    (int) function("snappy_compress", JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS)
                            .invoke(source, length, target, size);
                default -> {
                    long stored = (long)
                            function("ZSTD_compress", JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT)
                                    .invoke(target, target.byteSize(), source, length, level);
                    size.set(JAVA_LONG, 0, stored);
                    yield stored < 0 ? stored : 0;
                }
            };
            if (answer != 0) {
                throw new AssertionError(file(compression) + " answers " + answer);
            }
            return target.asSlice(0, size.get(JAVA_LONG, 0)).toArray(JAVA_BYTE);
        } catch (Throwable failure) {
            throw new AssertionError(failure);
        }
    }

    /// What the library makes of a block that gives `length` bytes; nothing if it calls it damaged.
    Optional<byte[]> decompress(byte[] stored, int length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment source = copy(arena, stored);
            MemorySegment target = arena.allocate(Math.max(length, 1));
            MemorySegment size = arena.allocate(JAVA_LONG);
            size.set(JAVA_LONG, 0, length);
            long bytes = stored.length;
            long answer = switch (compression) {
                case ZLIB ->
                    (int) function("uncompress", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG)
                            .invoke(target, size, source, bytes);
                case LZO ->
                    (int) function("lzo1x_decompress_safe", JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS)
                            .invoke(source, bytes, target, size, MemorySegment.NULL);
                case SNAPPY ->
                    (int) function("snappy_uncompress", JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS)
                            .invoke(source, bytes, target, size);
                default -> {
                    long expanded =
                            (long) function("ZSTD_decompress", JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG)
                                    .invoke(target, (long) length, source, bytes);
                    size.set(JAVA_LONG, 0, expanded);
                    yield expanded < 0 ? expanded : 0;
                }
            };
            return answer != 0
                    ? Optional.empty()
                    : Optional.of(target.asSlice(0, size.get(JAVA_LONG, 0)).toArray(JAVA_BYTE));
        } catch (Throwable failure) {
            throw new AssertionError(failure);
        }
    }

    private static MemorySegment copy(Arena arena, byte[] bytes) {
        return arena.allocate(Math.max(bytes.length, 1)).copyFrom(MemorySegment.ofArray(bytes));
    }

    @SuppressWarnings("restricted")
    private MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        return Linker.nativeLinker()
                .downcallHandle(symbols.find(name).orElseThrow(), FunctionDescriptor.of(result, arguments));
    }
}
