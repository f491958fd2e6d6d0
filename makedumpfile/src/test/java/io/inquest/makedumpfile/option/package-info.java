@NullMarked
package io.inquest.makedumpfile.option;

import org.jspecify.annotations.NullMarked;
