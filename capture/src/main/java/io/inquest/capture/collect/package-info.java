/// Making the dump: by the way that is configured, or by one that loses less than nothing.
@NullMarked
package io.inquest.capture.collect;

import org.jspecify.annotations.NullMarked;
