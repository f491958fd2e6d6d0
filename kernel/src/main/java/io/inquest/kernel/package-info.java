/// A dead kernel as its users see it: [io.inquest.kernel.VmcoreInfo] is what it says of itself, an
/// [io.inquest.kernel.AddressSpace] reads its virtual memory.
@NullMarked
package io.inquest.kernel;

import org.jspecify.annotations.NullMarked;
