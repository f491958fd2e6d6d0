/// What was saved, for programs: the file that comes last.
@NullMarked
package io.inquest.capture.manifest;

import org.jspecify.annotations.NullMarked;
