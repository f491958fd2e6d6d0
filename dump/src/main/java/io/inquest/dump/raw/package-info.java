/// Raw images of physical memory, for which somebody else knows what lies where.
@NullMarked
package io.inquest.dump.raw;

import org.jspecify.annotations.NullMarked;
