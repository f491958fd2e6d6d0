/// What the program says of itself: help, manual pages and the completion script, made from the commands' own
/// declarations.
@NullMarked
package io.inquest.cli.document;

import org.jspecify.annotations.NullMarked;
