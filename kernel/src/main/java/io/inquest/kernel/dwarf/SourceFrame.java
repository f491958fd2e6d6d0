package io.inquest.kernel.dwarf;

import java.util.Optional;

/// One function that the source has at an address: the innermost inlined one first, the one that has code of its
/// own last.
///
/// @param function its name, "" if unknown
/// @param line where in it the code is; of a function that others were inlined into, where it calls them
/// @param inlined whether its code is part of the next frame's function
public record SourceFrame(String function, Optional<SourceLine> line, boolean inlined) {}
