/// A report as text, as JSON and as a page of HTML.
@NullMarked
package io.inquest.crash.report.render;

import org.jspecify.annotations.NullMarked;
