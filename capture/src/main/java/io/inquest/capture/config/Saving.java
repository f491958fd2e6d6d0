package io.inquest.capture.config;

import java.util.List;
import java.util.OptionalLong;

/// What is saved, and where.
///
/// @param destinations in the order in which they are tried; at least one
/// @param log whether the log is saved beside the dump
/// @param retention what may be deleted once the dump is saved
/// @param spareBytes what must stay free on a local target
/// @param packing a program that packs the dump as a whole
public record Saving(
        List<Destination> destinations,
        Setting<TargetUse> use,
        Setting<Collector> collector,
        Setting<Boolean> log,
        Setting<ReportTime> report,
        Setting<Retention> retention,
        Setting<OptionalLong> spareBytes,
        Setting<HostTag> hostTag,
        Setting<FilePacking> packing) {

    public Saving {
        destinations = List.copyOf(destinations);
        if (destinations.isEmpty()) {
            throw new IllegalArgumentException("no destination");
        }
    }
}
