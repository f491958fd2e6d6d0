package io.inquest.capture.collect;

import io.inquest.capture.storage.SavedFile;
import io.inquest.makedumpfile.MadeDump;
import java.util.Optional;

/// The dump as it lies on a target in the end.
///
/// @param file empty if there is none; it has its unfinished name if it is not complete
/// @param dump how it was made; empty if it was not tried
/// @param way in which
/// @param proof what it was compared with when it was read back
/// @param reason why it is not complete, one sentence; empty if it is
public record Collected(
        Optional<SavedFile> file, Optional<MadeDump> dump, String way, Optional<Proof> proof, String reason) {

    /// There is none.
    public static Collected nothing(String way, String reason) {
        return new Collected(Optional.empty(), Optional.empty(), way, Optional.empty(), reason);
    }

    public boolean isComplete() {
        return file.isPresent() && reason.isEmpty();
    }
}
