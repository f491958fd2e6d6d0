/// Split sets: one dump as several kdump-compressed files, each with a range of page frames.
@NullMarked
package io.inquest.dump.split;

import org.jspecify.annotations.NullMarked;
