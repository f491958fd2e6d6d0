/// The options of the compatible commands: parsed by the rules of getopt_long(3), checked once, then a value.
@NullMarked
package io.inquest.makedumpfile.option;

import org.jspecify.annotations.NullMarked;
