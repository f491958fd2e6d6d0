/// The running host as far as the image depends on it: its kernel's modules and configuration, and its devices.
///
/// What is read is below folders that the caller names, so that a test needs no host.
@NullMarked
package io.inquest.kdump.host;

import org.jspecify.annotations.NullMarked;
