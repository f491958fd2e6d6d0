/// Commands that calculate: numbers, pages and addresses of page frames.
@NullMarked
package io.inquest.crash.command.number;

import org.jspecify.annotations.NullMarked;
