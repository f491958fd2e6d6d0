package io.inquest.dump;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a container says of itself beside its pages, for those who describe, refilter or convert it.
///
/// @param format the container, in the field's words: `ELF64`, `kdump-compressed version 6`, `flattened
/// kdump-compressed …`
/// @param utsname the kernel, [Utsname#UNKNOWN] if the container has no place for it or none is filled in
/// @param crashTimeSeconds seconds since 1970, if recorded
/// @param dumpLevel the level it was filtered with, if recorded
/// @param physBase `phys_base`, signed, if recorded
/// @param status the header's status bits; 0 for ELF
/// @param cpus number of CPUs that the header gives, if it does
/// @param eraseInfo text that tells what was erased, if any
/// @param part the page frames of this file, for one part of a split set
public record DumpHeader(
        String format,
        Utsname utsname,
        OptionalLong crashTimeSeconds,
        OptionalInt dumpLevel,
        OptionalLong physBase,
        int status,
        OptionalInt cpus,
        Optional<String> eraseInfo,
        Optional<PfnRange> part) {

    /// The same with another name of the format.
    public DumpHeader withFormat(String newFormat) {
        return new DumpHeader(newFormat, utsname, crashTimeSeconds, dumpLevel, physBase, status, cpus, eraseInfo, part);
    }

    /// The same without a part: what the header of a whole split set is.
    public DumpHeader withoutPart() {
        return new DumpHeader(
                format, utsname, crashTimeSeconds, dumpLevel, physBase, status, cpus, eraseInfo, Optional.empty());
    }
}
