package io.inquest.crash.value;

import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.ArrayType;
import io.inquest.kernel.type.FunctionType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.PointerType;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.VoidType;
import org.jspecify.annotations.Nullable;

/// The value of an expression: an object in memory, or a number that was computed.
///
/// @param type its type in C
/// @param place where it lies, null for a computed number
/// @param computed the number, if it lies nowhere
/// @param space the memory that it points into
public record Value(KernelType type, @Nullable KernelObject place, long computed, AddressSpace space) {

    public static Value at(KernelObject place) {
        return new Value(place.type(), place, 0, place.space());
    }

    static Value of(KernelType type, long computed, AddressSpace space) {
        return new Value(type, null, computed, space);
    }

    KernelType plain() {
        return type.plain();
    }

    /// The object in memory; a computed number has none.
    KernelObject inMemory() {
        if (place == null) {
            throw new ExpressionException("Attempt to take address of value not located in memory.");
        }
        return place;
    }

    /// The number, extended by its sign; of arrays and functions their address. May throw a
    /// [io.inquest.dump.MemoryFault].
    public long number() {
        if (place == null) {
            return computed;
        }
        return switch (plain()) {
            case ArrayType array -> place.address();
            case FunctionType function -> place.address();
            case StructType struct ->
                throw new ExpressionException("Argument to arithmetic operation not a number or boolean.");
            case VoidType nothing ->
                throw new ExpressionException("its type is not known: cast it to its declared type");
            default -> place.signed();
        };
    }

    /// What it points at, if it is a pointer or an array.
    @Nullable
    KernelType pointed() {
        return switch (plain()) {
            case PointerType pointer -> pointer.target();
            case ArrayType array -> array.element();
            default -> null;
        };
    }

    /// The object that a pointer, an array or an address leads to.
    KernelObject target() {
        KernelType pointed = pointed();
        if (pointed != null) {
            return KernelObject.at(space, pointed, number());
        }
        if (plain() instanceof FunctionType) {
            return inMemory();
        }
        throw new ExpressionException("Attempt to take contents of a non-pointer value.");
    }
}
