package io.inquest.crash.report;

/// An instruction near the one at which it died.
///
/// @param place function and offset, or the address where no function is known
/// @param bytes of it in hexadecimal
/// @param text as an assembler writes it; it may name functions of the dump
/// @param trapping whether it is the one
public record CodeLine(String place, String bytes, String text, boolean trapping) {}
