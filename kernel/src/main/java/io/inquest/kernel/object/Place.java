package io.inquest.kernel.object;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.type.EnumType;
import io.inquest.kernel.type.IntegerType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Where an object's bytes are: in memory, or in a copy that was read before.
///
/// @param bit first bit of a bit field in its byte, in memory order
/// @param bits width of a bit field, 0 for whole bytes
/// @param copy bytes of memory from `copyAddress` on, read before
record Place(
        AddressSpace space,
        long address,
        int bit,
        int bits,
        @Nullable ByteBuffer copy,
        long copyAddress) {

    /// No kernel structure is larger, but a damaged description may say so.
    private static final int LARGEST_COPY = 1 << 20;

    /// Strings are read in pieces that end at such a boundary: behind it may be nothing.
    private static final int STRING_PIECE = 64;

    static Place at(AddressSpace space, long address) {
        return new Place(space, address, 0, 0, null, 0);
    }

    /// The low `bytes` bytes of a number, as memory would hold them.
    static Place ofValue(AddressSpace space, long value, int bytes) {
        ByteBuffer copy = ByteBuffer.allocate(bytes);
        for (int i = 0; i < bytes; i++) {
            int index = space.order() == ByteOrder.LITTLE_ENDIAN ? i : bytes - 1 - i;
            copy.put(index, (byte) (value >>> (Byte.SIZE * i)));
        }
        return new Place(space, 0, 0, 0, copy, 0);
    }

    Place plus(long bytes) {
        return new Place(space, address + bytes, 0, 0, copy, copyAddress);
    }

    Place member(Member member) {
        int within = (int) (member.bitOffset() & 7);
        return new Place(space, address + member.offset(), within, member.bitFieldBits(), copy, copyAddress);
    }

    Place loaded(long bytes) {
        if (bytes <= 0 || bytes > LARGEST_COPY || holds(bytes)) {
            return this;
        }
        return new Place(space, address, bit, bits, ByteBuffer.wrap(memory(bytes)), address);
    }

    Place loadedIfReadable(long bytes) {
        try {
            return loaded(bytes);
        } catch (MemoryFault partly) {
            return this;
        }
    }

    private boolean holds(long bytes) {
        return copy != null
                && Long.compareUnsigned(address - copyAddress, copy.capacity()) <= 0
                && bytes <= copy.capacity() - (address - copyAddress);
    }

    byte[] memory(long bytes) {
        return buffer((int) Math.min(bytes, LARGEST_COPY)).array();
    }

    private ByteBuffer buffer(int bytes) {
        byte[] target = new byte[bytes];
        if (copy != null && holds(bytes)) {
            copy.get((int) (address - copyAddress), target);
            return ByteBuffer.wrap(target).order(space.order());
        }
        ByteBuffer buffer = ByteBuffer.wrap(target).order(space.order());
        try {
            space.read(address, buffer);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return buffer.flip();
    }

    /// The value as a number: of integers, enumerations and pointers; of other types their first 1 to 8 bytes.
    long value(KernelType plain, boolean signExtended) {
        boolean signed = signExtended && isSigned(plain);
        if (bits > 0) {
            return bitField(signed);
        }
        int bytes = Math.clamp(plain.bytes(), 1, Long.BYTES);
        long value = number(bytes);
        return signed ? signExtend(value, bytes * 8) : value;
    }

    /// The number in the first `bytes` bytes, at most 8.
    long number(int bytes) {
        ByteBuffer from = copy;
        int start = (int) (address - copyAddress);
        if (from == null || !holds(bytes)) {
            from = buffer(bytes);
            start = 0;
        }
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            int index = space.order() == ByteOrder.LITTLE_ENDIAN ? bytes - 1 - i : i;
            value = (value << 8) | (from.get(start + index) & 0xff);
        }
        return value;
    }

    private static boolean isSigned(KernelType plain) {
        return switch (plain) {
            case IntegerType integer -> integer.signed();
            case EnumType enumeration -> enumeration.signed();
            default -> false;
        };
    }

    /// Bit fields of up to 56 bits beside any start, 64 from a whole byte on.
    private long bitField(boolean signed) {
        int bytes = Math.min((bit + bits + 7) / 8, Long.BYTES);
        long value = number(bytes);
        int shift = space.order() == ByteOrder.LITTLE_ENDIAN ? bit : bytes * 8 - bit - bits;
        long field = value >>> Math.max(shift, 0);
        long mask = bits >= 64 ? -1 : (1L << bits) - 1;
        return signed ? signExtend(field & mask, bits) : field & mask;
    }

    private static long signExtend(long value, int bits) {
        int unused = 64 - bits;
        return value << unused >> unused;
    }

    /// The bytes up to a NUL, at most `longest`.
    String string(int longest) {
        StringBuilder text = new StringBuilder();
        long at = address;
        while (text.length() < longest) {
            int piece = Math.min(longest - text.length(), STRING_PIECE - (int) (at & (STRING_PIECE - 1)));
            byte[] bytes = new Place(space, at, 0, 0, copy, copyAddress).memory(piece);
            int end = 0;
            while (end < bytes.length && bytes[end] != 0) {
                end++;
            }
            text.append(new String(bytes, 0, end, StandardCharsets.ISO_8859_1));
            if (end < bytes.length) {
                break;
            }
            at += piece;
        }
        return text.toString();
    }
}
