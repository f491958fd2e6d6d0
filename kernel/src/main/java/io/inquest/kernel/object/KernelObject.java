package io.inquest.kernel.object;

import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.type.ArrayType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.Member;
import io.inquest.kernel.type.MissingMember;
import io.inquest.kernel.type.PointerType;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.VoidType;
import java.util.Optional;

/// A typed place in memory: an address in an address space, and what C says is there.
///
/// Reading is lazy: a place costs nothing until its value is asked for. Then it may throw a
/// [io.inquest.dump.MemoryFault] when the dump does not hold it; whoever walks decides whether to go on.
///
/// ```java
/// long pgd = task.member("mm").dereference().member("pgd").unsigned();
/// ```
///
/// Immutable and safe for many threads.
public final class KernelObject {

    /// Longer strings do not end in any kernel structure.
    private static final int LONGEST_STRING = 4096;

    private final Place place;
    private final KernelType type;

    private KernelObject(Place place, KernelType type) {
        this.place = place;
        this.type = type;
    }

    /// The object of that type at an address.
    public static KernelObject at(AddressSpace space, KernelType type, long address) {
        return new KernelObject(Place.at(space, address), type);
    }

    /// A value that is not in memory but in a register, such as a local variable's; its address is 0.
    public static KernelObject ofValue(AddressSpace space, KernelType type, long value) {
        return new KernelObject(Place.ofValue(space, value, Math.clamp(type.bytes(), 1, Long.BYTES)), type);
    }

    public KernelType type() {
        return type;
    }

    public AddressSpace space() {
        return place.space();
    }

    /// Where it lies; of a bit field, the byte it begins in.
    public long address() {
        return place.address();
    }

    /// Size in bytes of its type.
    public long bytes() {
        return type.bytes();
    }

    /// This object with its memory read at once, so that its members cost no further reads.
    ///
    /// For structs of which several members are asked. Throws a [io.inquest.dump.MemoryFault] if a part of it
    /// cannot be read; the object itself still answers for the members that can.
    public KernelObject loaded() {
        return new KernelObject(place.loaded(type.bytes()), type);
    }

    /// As [#loaded], or this object when a part of it cannot be read.
    public KernelObject loadedIfReadable() {
        return new KernelObject(place.loadedIfReadable(type.bytes()), type);
    }

    /// Whether the type has a member at that path.
    public boolean has(String path) {
        return type.plain() instanceof StructType struct
                && struct.memberAt(path).isPresent();
    }

    /// The member at that path, such as `se.vruntime`, through anonymous structs; empty if the type has none.
    public Optional<KernelObject> find(String path) {
        return type.plain() instanceof StructType struct
                ? struct.memberAt(path).map(member -> member(member))
                : Optional.empty();
    }

    /// The member at that path, or [MissingMember].
    public KernelObject member(String path) {
        if (type.plain() instanceof StructType struct) {
            return member(struct.require(path));
        }
        throw MissingMember.of(type, path);
    }

    /// The first of the members that the type has, the newest name first, or [MissingMember].
    public KernelObject firstOf(String... paths) {
        for (String path : paths) {
            Optional<KernelObject> found = find(path);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw MissingMember.of(type, paths);
    }

    /// One of the members of its type, also one without a name.
    public KernelObject member(Member member) {
        return new KernelObject(place.member(member), member.type());
    }

    /// The value of an integer, enumeration, boolean or pointer, zero-extended.
    public long unsigned() {
        return place.value(type.plain(), false);
    }

    /// The value of an integer or enumeration, sign-extended if its type is signed.
    public long signed() {
        return place.value(type.plain(), true);
    }

    /// [#signed] cut to 32 bits, for what C declares as `int`.
    public int intValue() {
        return (int) signed();
    }

    /// Whether a pointer is null, or a number zero.
    public boolean isZero() {
        return unsigned() == 0;
    }

    /// What a pointer points at. Does not read there.
    public KernelObject dereference() {
        KernelType target = type.plain() instanceof PointerType pointer ? pointer.target() : VoidType.VOID;
        return at(space(), target, unsigned());
    }

    /// The element of an array, or of what a pointer points at. Bounds are the caller's.
    public KernelObject element(long index) {
        if (type.plain() instanceof ArrayType array) {
            KernelType element = array.element();
            return new KernelObject(place.plus(index * element.bytes()), element);
        }
        KernelObject first = dereference();
        return at(space(), first.type(), first.address() + index * first.bytes());
    }

    /// The `unsigned long` or pointer number `index` from here on, whatever the type says.
    public long word(long index) {
        int bytes = space().wordBytes();
        return place.plus(index * bytes).number(bytes);
    }

    /// Number of elements of an array type, 0 of others.
    public long length() {
        return type.plain() instanceof ArrayType array ? array.length() : 0;
    }

    /// The text of a `char` array, or at the address in a `char` pointer, up to its NUL; one character a byte.
    ///
    /// An array without a length ends where its text does.
    public String string() {
        return type.plain() instanceof ArrayType array
                ? place.string((int) Math.min(array.length() == 0 ? LONGEST_STRING : array.bytes(), LONGEST_STRING))
                : at(space(), VoidType.VOID, unsigned()).place.string(LONGEST_STRING);
    }

    /// The bytes of the object. The caller knows that they are not too many.
    public byte[] memory() {
        return place.memory(type.bytes());
    }

    /// The same place as another type.
    public KernelObject as(KernelType other) {
        return new KernelObject(place, other);
    }

    /// The object of type `outer` whose member at `path` lies here: C's `container_of`.
    public KernelObject containerOf(StructType outer, String path) {
        return at(space(), outer, address() - outer.offsetOf(path));
    }

    /// The same object in another address space: a pointer to user memory read from the kernel.
    public KernelObject in(AddressSpace other) {
        return at(other, type, address());
    }

    @Override
    public String toString() {
        return "(" + type.name() + ") 0x" + Long.toHexString(address());
    }
}
