/// Builders of synthetic inputs, written from the formats' descriptions alone, so that a test of a reader or
/// writer does not compare our code with itself.
@NullMarked
package io.inquest.testkit;

import org.jspecify.annotations.NullMarked;
