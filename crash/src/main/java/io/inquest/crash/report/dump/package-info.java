/// What the memory of a dead kernel adds to the report of its log: stacks, registers and what they point at, the
/// other CPUs, tasks that wait and for what, where the memory was.
@NullMarked
package io.inquest.crash.report.dump;

import org.jspecify.annotations.NullMarked;
