/// What differs between machine types: page tables, address ranges. One package for each architecture.
@NullMarked
package io.inquest.kernel.arch;

import org.jspecify.annotations.NullMarked;
