package io.inquest.kernel.stack;

import io.inquest.kernel.symbol.Place;
import java.util.Optional;
import java.util.OptionalLong;

/// The kernel's code, as unwinders ask for it.
interface Code {

    /// Whether an address lies in code of the kernel or of a module.
    boolean isText(long address);

    /// Whether an address lies in code behind a call instruction of any kind.
    boolean isReturnAddress(long address);

    /// The function that the call instruction before an address calls directly, 0 if there is none such.
    long calledBefore(long address);

    /// Where the function begins that an address lies in.
    OptionalLong startOfFunction(long address);

    /// The function that a frame is in, and how far its address is from the start.
    Optional<Place> placeOf(FrameState state);
}
