/// One class for each kind of death, which says in a sentence what happened.
@NullMarked
package io.inquest.crash.report.death;

import org.jspecify.annotations.NullMarked;
