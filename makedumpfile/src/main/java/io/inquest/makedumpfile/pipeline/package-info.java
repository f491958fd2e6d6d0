/// The work: read what the kernel says, decide which pages stay, compress and write them.
@NullMarked
package io.inquest.makedumpfile.pipeline;

import org.jspecify.annotations.NullMarked;
