package io.inquest.capture.config;

import java.util.List;

/// Which keys an ssh server may show.
public sealed interface HostKeys {

    /// What root's and the system's files of known hosts say; a server that is not in them is refused.
    record KnownHosts() implements HostKeys {

        @Override
        public String toString() {
            return "known_hosts";
        }
    }

    /// These, and no other; files of known hosts are not asked.
    record Pinned(List<HostKey> keys) implements HostKeys {

        public Pinned {
            keys = List.copyOf(keys);
        }
    }

    /// Any: whoever answers at the address gets the dump.
    record Any() implements HostKeys {

        @Override
        public String toString() {
            return "any";
        }
    }
}
