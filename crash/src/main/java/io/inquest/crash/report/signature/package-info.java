/// When two deaths are the same one: the useful frames of a backtrace, and keys made of them.
@NullMarked
package io.inquest.crash.report.signature;

import org.jspecify.annotations.NullMarked;
