/// What makedumpfile(8) says: the kinds of messages and their streams, the progress line, the report.
@NullMarked
package io.inquest.makedumpfile.message;

import org.jspecify.annotations.NullMarked;
