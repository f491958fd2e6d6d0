/// Whether a dump is whole: what is wrong with it, where, and what that costs.
@NullMarked
package io.inquest.dump.verify;

import org.jspecify.annotations.NullMarked;
