/// An account on a server as a target, reached by the host's own ssh(1): the far side needs sshd and a shell, nothing
/// of ours.
@NullMarked
package io.inquest.capture.storage.ssh;

import org.jspecify.annotations.NullMarked;
