/// Questions to a dead kernel: each command a class that declares itself and answers with rows, all in one list.
@NullMarked
package io.inquest.crash.command;

import org.jspecify.annotations.NullMarked;
