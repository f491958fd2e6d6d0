/// The modules that the dead kernel had loaded.
@NullMarked
package io.inquest.kernel.module;

import org.jspecify.annotations.NullMarked;
