/// What Inquest adds to a dump for itself, behind the last page where other readers do not look: why each
/// frame was left out, and checksums. A note named `INQUEST` announces it. A dump that loses it is as good
/// as any other.
@NullMarked
package io.inquest.dump.trailer;

import org.jspecify.annotations.NullMarked;
