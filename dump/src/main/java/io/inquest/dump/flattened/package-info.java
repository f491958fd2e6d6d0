/// The flattened format: a dump as a stream of records (offset, size, bytes), for pipes.
@NullMarked
package io.inquest.dump.flattened;

import org.jspecify.annotations.NullMarked;
