package io.inquest.capture.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// How servers are reached, and how long one waits for them.
///
/// @param sshKeys private keys, tried in this order
/// @param setUp SUSE's `KDUMP_NETCONFIG`: interfaces and how each gets its address; empty for what the host has
/// @param patience how long to wait for the network
/// @param sshTries how often ssh is tried
/// @param nfsTries how often the export is mounted
/// @param nfsTimeoutTenths NFS's own `timeo`, in tenths of a second
/// @param nfsRetransmissions NFS's own `retrans`
public record Network(
        Setting<List<AbsolutePath>> sshKeys,
        Setting<HostKeys> hostKeys,
        Setting<Optional<String>> setUp,
        Setting<Duration> patience,
        Setting<OptionalInt> sshTries,
        Setting<OptionalInt> nfsTries,
        Setting<OptionalInt> nfsTimeoutTenths,
        Setting<OptionalInt> nfsRetransmissions) {}
