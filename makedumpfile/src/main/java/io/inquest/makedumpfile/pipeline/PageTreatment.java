package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.codec.Packing;
import io.inquest.dump.codec.PageHasher;
import java.util.Optional;

/// What a worker does to the pages that it reads.
///
/// @param packing how they are compressed
/// @param zeroPages what happens to those full of zeros
/// @param hasher names them, if equal ones shall be stored once
record PageTreatment(Packing packing, ZeroPages zeroPages, Optional<PageHasher> hasher) {

    /// What happens to pages full of zeros.
    enum ZeroPages {
        /// They are pages like others.
        COPY,
        /// They are left out of the batch.
        LEAVE_OUT
    }
}
