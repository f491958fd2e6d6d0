/// What commands answer: typed rows, their layout as text and as JSON, and how the answer ended.
@NullMarked
package io.inquest.crash.result;

import org.jspecify.annotations.NullMarked;
