/// Benchmarks of the loops over pages, by JMH, and the command that runs them.
///
/// Those of loops that no other package may call are in the packages of what they measure.
@NullMarked
package io.inquest.benchmarks;

import org.jspecify.annotations.NullMarked;
