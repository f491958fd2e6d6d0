/// `inquest report`.
@NullMarked
package io.inquest.cli.report;

import org.jspecify.annotations.NullMarked;
