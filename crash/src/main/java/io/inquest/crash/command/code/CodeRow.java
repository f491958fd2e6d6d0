package io.inquest.crash.command.code;

import io.inquest.kernel.arch.Instruction;
import io.inquest.kernel.symbol.Place;
import java.util.Optional;

/// An instruction of a listing.
///
/// @param instruction what it is
/// @param place where it is; empty where no symbol covers it
/// @param source the source line that it begins, if that is to be shown
record CodeRow(Instruction instruction, Optional<Place> place, Optional<String> source) {}
