/// Debug information of vmlinux and of modules' debug files: DWARF 4 and 5, read where it is asked for.
///
/// | Class               | Is                                                                            |
/// |---------------------|-------------------------------------------------------------------------------|
/// | [Dwarf]             | one debug file opened: its sections, units and index of names                 |
/// | [DwarfTypes]        | its types, as a source of types                                               |
/// | [IndexStore]        | where an index is kept from one run to the next                               |
/// | [SupplementaryFiles]| where the other files that a debug file names come from                       |
@NullMarked
package io.inquest.kernel.dwarf;

import org.jspecify.annotations.NullMarked;
