package io.inquest.crash.report;

import java.util.OptionalLong;

/// One function of a backtrace, from a log or unwound from a dump.
///
/// @param function its name as the kernel spells it, with suffixes such as `.isra.0`; empty if only the address
///     is known
/// @param offset bytes from the function's start
/// @param size of the function in bytes; 0 if unknown
/// @param module the module it belongs to; empty for the kernel's own
/// @param address of the instruction; absent where the log does not tell addresses
/// @param trust how it was found
/// @param stack where it was found
public record CallFrame(
        String function, long offset, long size, String module, OptionalLong address, Trust trust, StackKind stack) {

    /// A frame of which only the name is known, as certain as registers.
    public static CallFrame named(String function) {
        return new CallFrame(function, 0, 0, "", OptionalLong.empty(), Trust.REGISTERS, StackKind.TASK);
    }

    /// The same place, found otherwise.
    public CallFrame with(Trust otherTrust) {
        return new CallFrame(function, offset, size, module, address, otherTrust, stack);
    }

    /// The same frame on another stack.
    public CallFrame on(StackKind otherStack) {
        return new CallFrame(function, offset, size, module, address, trust, otherStack);
    }

    /// As the kernel prints it: `function+0x1d/0x80 [module]`, or the address if no name is known.
    public String place() {
        if (function.isEmpty()) {
            return address.isPresent() ? "0x" + Long.toHexString(address.getAsLong()) : "?";
        }
        StringBuilder text = new StringBuilder(function);
        if (offset != 0 || size != 0) {
            text.append("+0x").append(Long.toHexString(offset));
        }
        if (size != 0) {
            text.append("/0x").append(Long.toHexString(size));
        }
        if (!module.isEmpty()) {
            text.append(" [").append(module).append(']');
        }
        return text.toString();
    }
}
