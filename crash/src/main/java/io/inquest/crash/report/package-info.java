/// How a kernel died: the words of the report, what it holds, and who makes it.
///
/// `log` finds events in a kernel log, `signature` says when two deaths are the same, `death` has one class for
/// each kind of death, `render` shows a report. All of them are pure functions of their input.
@NullMarked
package io.inquest.crash.report;

import org.jspecify.annotations.NullMarked;
