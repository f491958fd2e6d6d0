/// Turns the answers of commands into text and JSON.
@NullMarked
package io.inquest.crash.render;

import org.jspecify.annotations.NullMarked;
