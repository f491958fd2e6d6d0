/// `inquest dump`: what a dump file is and holds, and its conversion into another.
@NullMarked
package io.inquest.cli.dump;

import org.jspecify.annotations.NullMarked;
