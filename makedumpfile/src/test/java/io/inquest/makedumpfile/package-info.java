@NullMarked
package io.inquest.makedumpfile;

import org.jspecify.annotations.NullMarked;
