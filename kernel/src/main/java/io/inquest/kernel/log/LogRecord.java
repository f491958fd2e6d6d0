package io.inquest.kernel.log;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// One record of the kernel's log.
///
/// @param sequence number of the record since boot, where the log counts them
/// @param nanoseconds time since boot; empty in logs that have no times of their own (before 3.5)
/// @param level 0 (emergency) to 7 (debug); empty if unknown
/// @param facility syslog facility, 0 for the kernel; empty if unknown
/// @param caller who logged it: bit 31 set means a CPU, else a task; empty if the kernel records none
/// @param continuation whether the kernel prints it on the line of the record before it
/// @param dictionary properties of the device that logged it, such as `SUBSYSTEM=acpi`
/// @param text its bytes, without the final newline; may hold newlines and need not be valid UTF-8
public record LogRecord(
        OptionalLong sequence,
        OptionalLong nanoseconds,
        OptionalInt level,
        OptionalInt facility,
        OptionalInt caller,
        boolean continuation,
        List<String> dictionary,
        ByteBuffer text) {}
