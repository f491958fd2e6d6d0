/// Benchmarks of the inner loops, by JMH.
@NullMarked
package io.inquest.benchmarks;

import org.jspecify.annotations.NullMarked;
