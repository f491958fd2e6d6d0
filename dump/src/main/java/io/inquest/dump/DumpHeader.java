package io.inquest.dump;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a container says of itself beside its pages, for those who describe, refilter or convert it.
///
/// @param format the container, in the field's words: `ELF64`, `kdump-compressed version 6`, or the same with
/// `flattened` before it
/// @param utsname the kernel, [Utsname#UNKNOWN] if the container has no place for it or none is filled in
/// @param crashTime when the machine crashed, if recorded
/// @param dumpLevel the level it was filtered with, if recorded
/// @param physBase `phys_base`, signed, if recorded
/// @param status the header's status bits; 0 for ELF
/// @param cpus number of CPUs that the header gives, if it does
/// @param eraseInfo text that tells what was erased, if any
/// @param part the page frames of this file, for one part of a split set
public record DumpHeader(
        String format,
        Utsname utsname,
        Optional<CrashTime> crashTime,
        OptionalInt dumpLevel,
        OptionalLong physBase,
        int status,
        OptionalInt cpus,
        Optional<String> eraseInfo,
        Optional<PfnRange> part) {

    /// The header of a container that says nothing but what it is.
    public static DumpHeader of(String format) {
        return new DumpHeader(
                format,
                Utsname.UNKNOWN,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                0,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// The second of the crash, since 1970, if recorded.
    public OptionalLong crashTimeSeconds() {
        return crashTime.isPresent() ? OptionalLong.of(crashTime.get().seconds()) : OptionalLong.empty();
    }

    /// The same with another name of the format.
    public DumpHeader withFormat(String newFormat) {
        return new DumpHeader(newFormat, utsname, crashTime, dumpLevel, physBase, status, cpus, eraseInfo, part);
    }

    /// The same for a file with these page frames only; nothing for a whole dump.
    public DumpHeader withPart(Optional<PfnRange> newPart) {
        return new DumpHeader(format, utsname, crashTime, dumpLevel, physBase, status, cpus, eraseInfo, newPart);
    }

    /// The same with another dump level; nothing if it is not known.
    public DumpHeader withDumpLevel(OptionalInt newLevel) {
        return new DumpHeader(format, utsname, crashTime, newLevel, physBase, status, cpus, eraseInfo, part);
    }

    /// The same with other status bits.
    public DumpHeader withStatus(int newStatus) {
        return new DumpHeader(format, utsname, crashTime, dumpLevel, physBase, newStatus, cpus, eraseInfo, part);
    }

    /// The same with another text of what was erased; nothing for none.
    public DumpHeader withEraseInfo(Optional<String> text) {
        return new DumpHeader(format, utsname, crashTime, dumpLevel, physBase, status, cpus, text, part);
    }
}
