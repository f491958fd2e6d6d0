package io.inquest.kernel.symbol;

import io.inquest.dump.DumpException;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Hex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;

/// The addresses of kallsyms as they lie in memory, and the encodings that may be meant.
///
/// Which one it is no table says. Symbols whose addresses vmcoreinfo has tell it: no two encodings ever gave
/// `_stext` the same value in a real kernel.
final class KallsymsAddresses {

    /// A symbol whose address is known from elsewhere.
    record Landmark(String name, int index, long address) {}

    private final ByteBuffer values;
    private final int width;
    private final int wordBytes;
    private final long place;
    private final OptionalLong base;
    private final BitSet unread;

    private KallsymsAddresses(
            ByteBuffer values, int width, int wordBytes, long place, OptionalLong base, BitSet unread) {
        this.values = values;
        this.unread = unread;
        this.width = width;
        this.wordBytes = wordBytes;
        this.place = place;
        this.base = base;
    }

    static KallsymsAddresses read(AddressSpace space, KallsymsTables tables) throws IOException {
        boolean offsets = tables.offsets().isPresent();
        if (!offsets && tables.addresses().isEmpty()) {
            throw new DumpException("vmcoreinfo has neither SYMBOL(kallsyms_offsets) nor SYMBOL(kallsyms_addresses),"
                    + " so the addresses of its kallsyms are not known");
        }
        int width = offsets ? Integer.BYTES : space.wordBytes();
        long place = offsets ? tables.offsets().getAsLong() : tables.addresses().getAsLong();
        OptionalLong base = offsets && tables.relativeBase().isPresent()
                ? OptionalLong.of(space.readWord(tables.relativeBase().getAsLong()))
                : OptionalLong.empty();
        BitSet lost = new BitSet();
        byte[] values = new ReadablePages(space)
                .read(
                        place,
                        Math.multiplyExact(width, tables.count()),
                        (from, to) -> lost.set(from / width, (to + width - 1) / width));
        if (lost.cardinality() * 2 > tables.count()) {
            throw new DumpException(
                    "of the " + tables.count() + " addresses of kallsyms " + lost.cardinality() + " cannot be read");
        }
        ByteBuffer ordered = ByteBuffer.wrap(values).order(space.order());
        return new KallsymsAddresses(ordered, width, space.wordBytes(), place, base, lost);
    }

    int count() {
        return values.limit() / width;
    }

    /// The encoding by which the symbols have the addresses that are known of them; where none is known, that by
    /// which addresses go down least often.
    AddressEncoding encoding(List<Landmark> landmarks) throws DumpException {
        List<AddressEncoding> fitting = new ArrayList<>();
        for (AddressEncoding candidate : candidates()) {
            if (fits(candidate, landmarks)) {
                fitting.add(candidate);
            }
        }
        if (fitting.isEmpty()) {
            Landmark first = landmarks.getFirst();
            throw new DumpException("kallsyms gives " + first.name() + " in no known encoding the address "
                    + Hex.of(first.address()) + " that vmcoreinfo has; they may not be of the same kernel, or the"
                    + " kernel is newer than this program");
        }
        return smoothest(fitting);
    }

    /// Of several landmarks some may be damaged, but not most.
    private boolean fits(AddressEncoding encoding, List<Landmark> landmarks) {
        int fitting = 0;
        for (Landmark landmark : landmarks) {
            fitting += address(encoding, landmark.index()) == landmark.address() ? 1 : 0;
        }
        return fitting * 2 > landmarks.size() || landmarks.isEmpty();
    }

    private List<AddressEncoding> candidates() {
        if (width > Integer.BYTES) {
            return List.of(AddressEncoding.ABSOLUTE);
        }
        if (base.isPresent()) {
            return List.of(AddressEncoding.SIGNED, AddressEncoding.BASE_RELATIVE);
        }
        return wordBytes == Integer.BYTES
                ? List.of(AddressEncoding.PLACE_RELATIVE, AddressEncoding.ABSOLUTE)
                : List.of(AddressEncoding.PLACE_RELATIVE);
    }

    private AddressEncoding smoothest(List<AddressEncoding> candidates) {
        AddressEncoding best = candidates.getFirst();
        int least = candidates.size() == 1 ? 0 : descents(best);
        for (AddressEncoding candidate : candidates.subList(1, candidates.size())) {
            int descents = descents(candidate);
            if (descents < least) {
                best = candidate;
                least = descents;
            }
        }
        return best;
    }

    private int descents(AddressEncoding encoding) {
        int descents = 0;
        for (int i = 1; i < count(); i++) {
            descents += Long.compareUnsigned(address(encoding, i - 1), address(encoding, i)) > 0 ? 1 : 0;
        }
        return descents;
    }

    /// All addresses. In a table that is whole they never go down: those that do are noted in `lost`, besides those
    /// that could not be read.
    ///
    /// A lost symbol begins just behind the one before it, so that nothing of the gap is taken for that one's.
    long[] decode(AddressEncoding encoding, BitSet lost) {
        long[] addresses = new long[count()];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = address(encoding, i);
        }
        lost.or(unread);
        lost.or(Disorder.in(addresses, unread));
        for (int i = lost.nextSetBit(0); i >= 0; i = lost.nextSetBit(i + 1)) {
            addresses[i] = i == 0 ? 0 : addresses[i - 1] + (lost.get(i - 1) ? 0 : 1);
        }
        return addresses;
    }

    private long address(AddressEncoding encoding, int i) {
        int at = i * width;
        long value = width == Integer.BYTES ? values.getInt(at) : values.getLong(at);
        long address = encoding.address(value, base.orElse(0), place + at);
        return wordBytes == Integer.BYTES ? address & 0xffff_ffffL : address;
    }
}
