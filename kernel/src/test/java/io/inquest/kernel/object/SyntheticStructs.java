package io.inquest.kernel.object;

import io.inquest.kernel.FlatSpace;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.Types;
import io.inquest.kernel.type.btf.Btf;
import io.inquest.kernel.type.btf.MalformedBtf;
import io.inquest.testkit.BtfBuilder;
import io.inquest.testkit.SyntheticMemory;
import java.nio.ByteOrder;
import java.util.List;

/// Memory with structs of types that a test describes.
public final class SyntheticStructs {

    public final BtfBuilder btf = new BtfBuilder(ByteOrder.LITTLE_ENDIAN);
    public final SyntheticMemory memory = new SyntheticMemory(ByteOrder.LITTLE_ENDIAN);
    public final int word = btf.integer("unsigned long", 8, 0);
    public final int pointer = btf.pointer(0);
    public final int octet = btf.integer("unsigned char", 1, 0);

    /// No memory and no structs yet.
    public SyntheticStructs() {}

    public Types types() {
        try {
            return new Types(List.of(Btf.of("synthetic", btf.build(), ByteOrder.LITTLE_ENDIAN, 8)), 8);
        } catch (MalformedBtf impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// The object of a C type at an address.
    public KernelObject at(String type, long address) {
        return at(types().require(type), address);
    }

    public KernelObject at(KernelType type, long address) {
        return KernelObject.at(new FlatSpace(memory, 8), type, address);
    }

    /// Words one behind the other.
    public void put(long address, long... words) {
        for (int i = 0; i < words.length; i++) {
            memory.put64(address + 8L * i, words[i]);
        }
    }

    /// Whether a walk ended at memory that is not there.
    public static boolean isFault(WalkEnd end) {
        return end instanceof WalkEnd.Fault;
    }
}
