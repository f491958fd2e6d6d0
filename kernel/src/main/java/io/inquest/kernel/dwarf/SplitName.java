package io.inquest.kernel.dwarf;

import java.util.Optional;

/// Where the rest of a unit is that was compiled with `-gsplit-dwarf`: this file keeps a skeleton of it.
///
/// @param directory where the compiler ran
/// @param file name of the `.dwo` file, relative to that directory
/// @param id tells the unit in a `.dwp` file
record SplitName(String directory, String file, long id) {

    /// Empty for a unit that is whole.
    static Optional<SplitName> of(Unit unit) {
        Die root = unit.root();
        int attribute = root.has(Attribute.DWO_NAME) ? Attribute.DWO_NAME : Attribute.GNU_DWO_NAME;
        String file = unit.text(root, attribute);
        if (file.isEmpty() || unit.file().sections().isSplit()) {
            return Optional.empty();
        }
        long id = unit.header().version() >= 5 ? unit.header().id() : root.number(Attribute.GNU_DWO_ID, 0);
        return Optional.of(new SplitName(unit.text(root, Attribute.COMP_DIR), file, id));
    }
}
