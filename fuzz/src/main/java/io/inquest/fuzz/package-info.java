/// Broken input for every reader of outside bytes: what each may answer to it, and where to begin from.
///
/// [Targets] lists the readers, [Watch] says what none of them may do. Coverage-guided by Jazzer in `fuzz/run`,
/// and with a few hundred random changes in the module's own test.
@NullMarked
package io.inquest.fuzz;

import org.jspecify.annotations.NullMarked;
