/// Debug files of kernels: where they are, and where the indexes of their names are kept.
@NullMarked
package io.inquest.crash.debugfile;

import org.jspecify.annotations.NullMarked;
