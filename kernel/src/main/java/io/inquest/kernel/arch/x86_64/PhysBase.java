package io.inquest.kernel.arch.x86_64;

import io.inquest.dump.DumpException;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.PhysicalSegment;
import io.inquest.kernel.VmcoreInfo;
import java.util.OptionalLong;

/// `phys_base`: where the kernel image was loaded, minus where it is linked to. May be negative.
///
/// @param source who said so, in the words of a message
record PhysBase(long value, String source) {

    static PhysBase find(PhysicalMemory memory, VmcoreInfo info, OptionalLong recorded) throws DumpException {
        OptionalLong number = info.number("phys_base");
        if (number.isPresent()) {
            return new PhysBase(number.getAsLong(), "NUMBER(phys_base)");
        }
        for (PhysicalSegment segment : memory.segments()) {
            long intoMap = segment.virtualAddress() - X86_64.START_KERNEL_MAP;
            if (intoMap >= 0 && segment.virtualAddress() < 0 && segment.hasPhysicalAddress()) {
                return new PhysBase(segment.physicalAddress() - intoMap, "the PT_LOAD of the kernel image");
            }
        }
        if (recorded.isPresent()) {
            return new PhysBase(recorded.getAsLong(), "the dump's header");
        }
        throw new DumpException("nobody says where the kernel was loaded: vmcoreinfo has no NUMBER(phys_base), the"
                + " dump no PT_LOAD of the kernel image, and its header no phys_base");
    }
}
