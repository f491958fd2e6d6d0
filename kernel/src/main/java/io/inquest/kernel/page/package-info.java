/// Struct pages: where they are, what class of page frame they describe, and which frames a dump level leaves
/// out.
@NullMarked
package io.inquest.kernel.page;

import org.jspecify.annotations.NullMarked;
