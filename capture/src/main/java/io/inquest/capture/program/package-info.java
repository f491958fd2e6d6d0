/// Other programs that the act runs, none of which it waits for without end.
@NullMarked
package io.inquest.capture.program;

import org.jspecify.annotations.NullMarked;
