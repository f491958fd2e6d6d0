/// Saving what can be trusted of a damaged dump: the words of it. The formats do the work, and
/// [io.inquest.dump.Salvage] is the entrance.
@NullMarked
package io.inquest.dump.salvage;

import org.jspecify.annotations.NullMarked;
