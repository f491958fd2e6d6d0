package io.inquest.kernel.page;

import io.inquest.kernel.AddressSpace;
import java.io.IOException;
import java.nio.ByteBuffer;

/// `mem_section` in the kernel's memory: pointers to roots, or, without EXTREME, the sections themselves.
///
/// @param address of the table
/// @param extreme whether it has two levels
/// @param sectionBytes `SIZE(mem_section)`
/// @param mapOffset `OFFSET(mem_section.section_mem_map)`
record SectionTable(
        AddressSpace space, long address, boolean extreme, int sectionBytes, int mapOffset, SectionShape shape) {

    SectionTable at(long otherAddress) {
        return new SectionTable(space, otherAddress, extreme, sectionBytes, mapOffset, shape);
    }

    /// Number of roots that sections below `endPfn` need.
    long roots(long endPfn) {
        long sections = Math.min(Math.ceilDiv(endPfn, 1L << shape.pageBits()), shape.sections());
        return Math.ceilDiv(sections, shape.perRoot());
    }

    /// The words `section_mem_map` of one root's sections; empty if the root is not there.
    ///
    /// Throws a [io.inquest.dump.MemoryFault] when it cannot be read.
    long[] maps(long root) throws IOException {
        long at = rootAddress(root);
        if (at == 0) {
            return new long[0];
        }
        int count = (int) Math.min(shape.perRoot(), shape.sections() - root * shape.perRoot());
        ByteBuffer bytes = ByteBuffer.allocate(count * sectionBytes).order(space.order());
        space.read(at, bytes);
        long[] maps = new long[count];
        for (int i = 0; i < count; i++) {
            int from = i * sectionBytes + mapOffset;
            maps[i] = space.wordBytes() == Long.BYTES ? bytes.getLong(from) : bytes.getInt(from) & 0xffff_ffffL;
        }
        return maps;
    }

    /// Address of one root's sections, 0 if none of them is present.
    long rootAddress(long root) throws IOException {
        return extreme
                ? space.readWord(address + root * space.wordBytes())
                : address + root * shape.perRoot() * sectionBytes;
    }
}
