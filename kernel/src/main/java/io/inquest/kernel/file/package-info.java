/// Open files of tasks: descriptors, inodes, and the paths that lead to them through mounts.
@NullMarked
package io.inquest.kernel.file;

import org.jspecify.annotations.NullMarked;
