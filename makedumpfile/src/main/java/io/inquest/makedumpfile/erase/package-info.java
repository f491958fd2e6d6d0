/// Erasing chosen data from a dump (`--config`, makedumpfile.conf(5)): the rules, what they lead to, and memory
/// without it.
@NullMarked
package io.inquest.makedumpfile.erase;

import org.jspecify.annotations.NullMarked;
