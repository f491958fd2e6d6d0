package io.inquest.kernel;

import io.inquest.dump.DelegatingDump;
import io.inquest.dump.DelegatingMemory;
import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.Warnings;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// A dump whose BTF gives a struct another size, as one damaged word would.
public final class ResizedStruct extends DelegatingDump {

    private static final int HEADER_BYTES = 24;
    private static final int KIND_STRUCT = 4;

    private ResizedStruct(Dump whole, long at, int bytes) {
        super(whole, new Changed(whole.memory(), at, bytes));
    }

    /// The kernel of a sample with another size of one of its structs.
    public static Kernel open(String sample, String struct, int bytes) throws IOException {
        Kernel whole = OpenSamples.kernel(sample);
        Mapping at = whole.space().translate(sizeOf(whole, struct), Integer.BYTES);
        Dump dump = Dumps.open(List.of(Samples.unpack(sample)), Warnings.NONE);
        return Kernel.open(new ResizedStruct(dump, ((Mapping.Mapped) at).to(), bytes), Warnings.NONE);
    }

    /// Virtual address of the size of a struct in the kernel's own BTF.
    private static long sizeOf(Kernel kernel, String struct) throws IOException {
        long start = kernel.symbols().address("__start_BTF").orElseThrow();
        ByteBuffer header = read(kernel, start, HEADER_BYTES);
        long types = start + header.getInt(4) + header.getInt(8);
        ByteBuffer all = read(kernel, types, header.getInt(12));
        ByteBuffer names = read(kernel, start + header.getInt(4) + header.getInt(16), header.getInt(20));
        int at = 0;
        while (at < all.capacity()) {
            int kind = all.getInt(at + 4) >>> 24 & 31;
            int count = all.getInt(at + 4) & 0xffff;
            if (kind == KIND_STRUCT && isAt(names, all.getInt(at), struct)) {
                return types + at + 8;
            }
            at += 12 + moreBytes(kind, count);
        }
        throw new AssertionError("no struct " + struct);
    }

    private static int moreBytes(int kind, int count) {
        return switch (kind) {
            case 1, 14, 17 -> 4;
            case 3 -> 12;
            case 4, 5, 15, 19 -> 12 * count;
            case 6, 13 -> 8 * count;
            default -> 0;
        };
    }

    private static boolean isAt(ByteBuffer names, int offset, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (names.get(offset + i) != name.charAt(i)) {
                return false;
            }
        }
        return names.get(offset + name.length()) == 0;
    }

    private static ByteBuffer read(Kernel kernel, long address, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        kernel.space().read(address, bytes);
        return bytes.flip();
    }

    private static final class Changed extends DelegatingMemory {

        private final long at;
        private final byte[] word;

        Changed(PhysicalMemory whole, long at, int value) {
            super(whole);
            this.at = at;
            this.word = ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(value)
                    .array();
        }

        @Override
        public void readPages(long pfn, int count, ByteBuffer target, PageState[] states) throws IOException {
            int start = target.position();
            super.readPages(pfn, count, target, states);
            change(pfn << pageShift(), start, target);
        }

        @Override
        public void read(long physicalAddress, ByteBuffer target) throws IOException {
            int start = target.position();
            super.read(physicalAddress, target);
            change(physicalAddress, start, target);
        }

        /// What was read from `address` on lies in `target` from `start` to its position.
        private void change(long address, int start, ByteBuffer target) {
            for (int i = 0; i < word.length; i++) {
                long place = start + (at + i - address);
                if (place >= start && place < target.position()) {
                    target.put((int) place, word[i]);
                }
            }
        }
    }
}
