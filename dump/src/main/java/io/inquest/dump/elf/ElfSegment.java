package io.inquest.dump.elf;

import io.inquest.dump.PhysicalSegment;

/// One PT_LOAD that an ELF core is made from, with what is carried over to each PT_LOAD that is cut from it.
///
/// @param memory which memory it stands for; where its bytes are now does not matter
/// @param flags `p_flags`
/// @param alignment `p_align`
public record ElfSegment(PhysicalSegment memory, int flags, long alignment) {}
