/// A partition without a file system as a target: several crashes, each with its log, report and manifest, and an index
/// that tells where they are.
@NullMarked
package io.inquest.capture.storage.raw;

import org.jspecify.annotations.NullMarked;
