/// Questions to a dead kernel, their answers, and the report of how it died.
@NullMarked
package io.inquest.crash;

import org.jspecify.annotations.NullMarked;
