/// Benchmarks of what only this package may call.
@NullMarked
package io.inquest.makedumpfile.pipeline;

import org.jspecify.annotations.NullMarked;
