/// BTF, the compact type information that kernels carry since 5.2: read from where the dead kernel kept its own.
@NullMarked
package io.inquest.kernel.type.btf;

import org.jspecify.annotations.NullMarked;
