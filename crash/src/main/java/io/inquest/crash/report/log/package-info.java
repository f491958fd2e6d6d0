/// Events in a kernel's log: its lines without prefixes, oopses, panics, backtraces, in the forms of all
/// architectures.
@NullMarked
package io.inquest.crash.report.log;

import org.jspecify.annotations.NullMarked;
