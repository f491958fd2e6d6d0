/// Instructions of x86-64, decoded by a table of opcodes (`opcodes.tsv`) and spelled as AT&T's assembler does.
///
/// Layout of an instruction (Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2, chapter 2),
/// at most 15 bytes:
///
/// | Part         | Bytes | Is                                                                     |
/// |--------------|-------|------------------------------------------------------------------------|
/// | prefixes     | 0–14  | lock, repeat, segment, sizes; REX, or VEX, or EVEX last                |
/// | opcode       | 1–3   | `XX`, `0F XX`, `0F 38 XX`, `0F 3A XX`; the map is part of VEX and EVEX |
/// | ModRM        | 0–1   | two operands: a register, and a register or place in memory            |
/// | SIB          | 0–1   | base, index and scale of that place                                    |
/// | displacement | 0–8   | of that place                                                          |
/// | immediate    | 0–8   | numbers                                                                |
@NullMarked
package io.inquest.kernel.arch.x86_64.instruction;

import org.jspecify.annotations.NullMarked;
