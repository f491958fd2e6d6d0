/// Benchmarks of what only this package may call.
@NullMarked
package io.inquest.kernel.page;

import org.jspecify.annotations.NullMarked;
