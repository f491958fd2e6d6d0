package io.inquest.dump;

import java.nio.ByteOrder;

/// The machine that a dump was made on, as far as the container tells.
///
/// @param name the name that `uname -m` gives, such as `x86_64`; `unknown` if the container does not tell
/// @param order byte order of its memory and of the container's headers
/// @param wordBytes size of a pointer: 4 or 8
/// @param pageShift log2 of its page size
public record Machine(String name, ByteOrder order, int wordBytes, int pageShift) {

    public static final String UNKNOWN = "unknown";

    public int pageBytes() {
        return 1 << pageShift;
    }
}
