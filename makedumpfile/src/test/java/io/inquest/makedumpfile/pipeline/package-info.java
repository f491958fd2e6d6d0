@NullMarked
package io.inquest.makedumpfile.pipeline;

import org.jspecify.annotations.NullMarked;
