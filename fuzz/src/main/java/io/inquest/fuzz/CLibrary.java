package io.inquest.fuzz;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.Optional;

/// A decompressor of the C world, as a judge of ours: where this machine has its library.
final class CLibrary {

    /// What the judge says of a block.
    ///
    /// @param bytes what it expands to; empty if the judge refuses it
    record Verdict(Optional<byte[]> bytes) {}

    /// How the function takes its arguments, and gives its answer.
    private enum Shape {
        /// `size_t f(target, targetBytes, source, sourceBytes)`: the bytes produced, or an error of `-1000` to `-1`.
        ZSTD,
        /// `int f(source, sourceBytes, target, &targetBytes)`: 0 if well.
        SNAPPY,
        /// `int f(source, sourceBytes, target, &targetBytes, work)`: 0 if well.
        LZO
    }

    private final Shape shape;
    private final MethodHandle function;

    private CLibrary(Shape shape, MethodHandle function) {
        this.shape = shape;
        this.function = function;
    }

    static Optional<CLibrary> zstd() {
        return find(Shape.ZSTD, "libzstd.so.1", "ZSTD_decompress");
    }

    static Optional<CLibrary> snappy() {
        return find(Shape.SNAPPY, "libsnappy.so.1", "snappy_uncompress");
    }

    static Optional<CLibrary> lzo() {
        return find(Shape.LZO, "liblzo2.so.2", "lzo1x_decompress_safe");
    }

    @SuppressWarnings("restricted")
    private static Optional<CLibrary> find(Shape shape, String library, String name) {
        try {
            FunctionDescriptor descriptor = switch (shape) {
                case ZSTD ->
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_LONG,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_LONG);
                case SNAPPY ->
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.ADDRESS,
                            ValueLayout.ADDRESS);
                case LZO ->
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.ADDRESS,
                            ValueLayout.ADDRESS,
                            ValueLayout.ADDRESS);
            };
            SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
            return symbols.find(name)
                    .map(address -> new CLibrary(shape, Linker.nativeLinker().downcallHandle(address, descriptor)));
        } catch (IllegalArgumentException missing) {
            return Optional.empty();
        }
    }

    /// Expands a block to at most `mostBytes`.
    Verdict expand(byte[] block, int mostBytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment source = arena.allocate(Math.max(1, block.length));
            MemorySegment.copy(block, 0, source, ValueLayout.JAVA_BYTE, 0, block.length);
            MemorySegment target = arena.allocate(mostBytes);
            MemorySegment length = arena.allocate(ValueLayout.JAVA_LONG);
            length.set(ValueLayout.JAVA_LONG, 0, mostBytes);
            long produced = switch (shape) {
                case ZSTD -> (long) function.invokeExact(target, (long) mostBytes, source, (long) block.length);
                case SNAPPY ->
                    (int) function.invokeExact(source, (long) block.length, target, length) == 0
                            ? length.get(ValueLayout.JAVA_LONG, 0)
                            : -1;
                case LZO ->
                    (int) function.invokeExact(source, (long) block.length, target, length, MemorySegment.NULL) == 0
                            ? length.get(ValueLayout.JAVA_LONG, 0)
                            : -1;
            };
            if (produced < 0 || produced > mostBytes) {
                return new Verdict(Optional.empty());
            }
            byte[] all = target.toArray(ValueLayout.JAVA_BYTE);
            return new Verdict(Optional.of(Arrays.copyOf(all, (int) produced)));
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
