package io.inquest.crash.value;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.ArrayType;
import io.inquest.kernel.type.EnumType;
import io.inquest.kernel.type.FunctionType;
import io.inquest.kernel.type.IntegerType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.Member;
import io.inquest.kernel.type.PointerType;
import io.inquest.kernel.type.StructType;
import io.inquest.output.JsonWriter;
import java.io.IOException;

/// Values as JSON.
///
/// | C                    | JSON                                                                |
/// |----------------------|---------------------------------------------------------------------|
/// | struct, union        | object; members of unnamed ones inside count as its own             |
/// | array of characters  | string up to its NUL                                                |
/// | other array          | array                                                               |
/// | pointer              | string of `0x` and digits                                           |
/// | enumeration          | its name, else the number                                           |
/// | integer              | number; unsigned ones above 2^63 as a string of decimal digits      |
/// | not in the dump      | null                                                                |
public final class ValueJson {

    private static final int DEEPEST = 24;

    private final JsonWriter json;
    private final int mostElements;

    public ValueJson(JsonWriter json, int mostElements) {
        this.json = json;
        this.mostElements = mostElements;
    }

    /// Writes one value; its name is written already.
    public void value(KernelObject object) throws IOException {
        value(object.loadedIfReadable(), 0);
    }

    /// A number that is in no memory.
    public void value(KernelType type, long number) throws IOException {
        switch (type.plain()) {
            case PointerType pointer -> json.hex(number);
            case EnumType enumeration -> {
                String name = enumeration.nameOf(number).orElse("");
                if (name.isEmpty()) {
                    json.value(number);
                } else {
                    json.value(name);
                }
            }
            case IntegerType integer when integer.use() == IntegerType.Use.BOOLEAN -> json.value(number != 0);
            case IntegerType integer
            when !integer.signed() && number < 0 && integer.bytes() == Long.BYTES ->
                json.value(Long.toUnsignedString(number));
            default -> json.value(number);
        }
    }

    private void value(KernelObject object, int depth) throws IOException {
        try {
            switch (object.type().plain()) {
                case StructType struct
                when depth < DEEPEST -> {
                    json.beginObject();
                    members(object, struct, depth);
                    json.endObject();
                }
                case ArrayType array when depth < DEEPEST -> array(object, array, depth);
                case FunctionType function -> json.hex(object.address());
                case IntegerType integer when integer.bytes() > Long.BYTES -> json.nullValue();
                default -> value(object.type(), object.signed());
            }
        } catch (MemoryFault missing) {
            json.nullValue();
        }
    }

    private void members(KernelObject object, StructType struct, int depth) throws IOException {
        for (Member member : struct.members()) {
            KernelObject place = object.member(member);
            if (!member.name().isEmpty()) {
                json.name(member.name());
                value(place, depth + 1);
            } else if (member.type().plain() instanceof StructType inner && depth < DEEPEST) {
                members(place, inner, depth + 1);
            }
        }
    }

    private void array(KernelObject object, ArrayType array, int depth) throws IOException {
        if (array.element().plain() instanceof IntegerType integer
                && integer.use() == IntegerType.Use.CHARACTER
                && integer.bytes() == 1) {
            json.value(object.string());
            return;
        }
        // Begun only when the first element can be read: an array must not stay open behind a fault.
        json.beginArray();
        for (long i = 0; i < Math.min(array.length(), mostElements); i++) {
            value(object.element(i), depth + 1);
        }
        json.endArray();
    }
}
