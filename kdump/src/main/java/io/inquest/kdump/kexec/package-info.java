/// Puts kernels where the running one finds them when it crashes or is left: `kexec_file_load(2)`, or kexec(8)
/// where the kernel has only the older call.
@NullMarked
package io.inquest.kdump.kexec;

import org.jspecify.annotations.NullMarked;
