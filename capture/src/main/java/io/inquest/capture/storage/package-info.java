/// Where dumps go: a folder for each crash, in a file system that is mounted.
@NullMarked
package io.inquest.capture.storage;

import org.jspecify.annotations.NullMarked;
