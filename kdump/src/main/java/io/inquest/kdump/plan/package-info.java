/// What process 1 of the capture kernel is told, typed, and the text in which it is told.
@NullMarked
package io.inquest.kdump.plan;

import org.jspecify.annotations.NullMarked;
