package io.inquest.crash.session;

import java.util.List;
import java.util.Optional;

/// The files that a session is about, as the user named them.
///
/// @param dump the dump, or the parts of a split one
/// @param vmlinux the file with debug information, if there is one
public record Sources(List<String> dump, Optional<String> vmlinux) {

    public Sources {
        dump = List.copyOf(dump);
    }
}
