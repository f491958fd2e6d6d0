package io.inquest.kernel.arch;

import java.util.List;
import java.util.Set;

/// Where a function finds what it is given, and what it leaves behind.
///
/// @param arguments registers of the first arguments that are numbers or pointers
/// @param result register of a result that is a number or pointer
/// @param preserved registers that a function gives back as they were
public record CallingConvention(List<String> arguments, String result, Set<String> preserved) {}
