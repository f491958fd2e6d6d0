/// The compatible commands: their options, their messages, and the pipeline that filters, compresses and writes.
@NullMarked
package io.inquest.makedumpfile;

import org.jspecify.annotations.NullMarked;
