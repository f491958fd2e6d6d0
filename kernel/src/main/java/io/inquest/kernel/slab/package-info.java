/// The kernel's object allocator SLUB: caches, their slabs, which objects are in use and which are free.
@NullMarked
package io.inquest.kernel.slab;

import org.jspecify.annotations.NullMarked;
