package io.inquest.cli.dump;

import io.inquest.dump.Dump;
import io.inquest.dump.Note;
import io.inquest.dump.Utsname;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.FileSource;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.VmcoreInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What `inquest dump info` knows of a dump.
///
/// @param files the files it was opened from
/// @param fileBytes their sizes together
/// @param dump the dump itself
/// @param kernel the kernel's name, from the container or else from its memory or vmcoreinfo
/// @param cpus CPUs whose registers are in the notes, or as many as the header gives
/// @param crashTimeSeconds seconds since 1970
/// @param notes number of notes of each kind, in the order of their first appearance
/// @param vmcoreinfo the kernel's note about itself
/// @param pages page frames by state and class
record DumpDescription(
        List<Path> files,
        long fileBytes,
        Dump dump,
        Utsname kernel,
        OptionalInt cpus,
        OptionalLong crashTimeSeconds,
        Map<String, Integer> notes,
        Optional<VmcoreInfo> vmcoreinfo,
        PageCounts pages) {

    static DumpDescription of(List<Path> files, Dump dump) throws IOException {
        long bytes = 0;
        for (Path file : files) {
            // Of a disk only an open one tells its size.
            try (FileSource source = FileSource.open(file)) {
                bytes += source.size();
            }
        }
        Optional<VmcoreInfo> vmcoreinfo = dump.vmcoreinfo().map(VmcoreInfo::parse);
        return new DumpDescription(
                files,
                bytes,
                dump,
                kernelName(dump, vmcoreinfo),
                cpus(dump),
                crashTime(dump, vmcoreinfo),
                noteKinds(dump.notes()),
                vmcoreinfo,
                PageCounts.of(dump.memory()));
    }

    private static Utsname kernelName(Dump dump, Optional<VmcoreInfo> vmcoreinfo) throws IOException {
        if (dump.header().utsname().known()) {
            return dump.header().utsname();
        }
        if (vmcoreinfo.isEmpty()) {
            return Utsname.UNKNOWN;
        }
        try {
            return Kernel.open(dump, Warnings.NONE).utsname();
        } catch (IOException notToBeFound) {
            String release = vmcoreinfo.get().osRelease().orElse("");
            return new Utsname("Linux", "", release, "", "", "");
        }
    }

    private static OptionalInt cpus(Dump dump) {
        if (dump.header().cpus().isPresent()) {
            return dump.header().cpus();
        }
        int count = 0;
        for (Note note : dump.notes()) {
            if (note.is("CORE", Note.NT_PRSTATUS)) {
                count++;
            }
        }
        return count == 0 ? OptionalInt.empty() : OptionalInt.of(count);
    }

    private static OptionalLong crashTime(Dump dump, Optional<VmcoreInfo> vmcoreinfo) {
        OptionalLong recorded = dump.header().crashTimeSeconds();
        if (recorded.isPresent() && recorded.getAsLong() != 0) {
            return recorded;
        }
        return vmcoreinfo.map(VmcoreInfo::crashTime).orElse(OptionalLong.empty());
    }

    private static Map<String, Integer> noteKinds(List<Note> notes) {
        Map<String, Integer> kinds = new LinkedHashMap<>();
        for (Note note : notes) {
            kinds.merge(kind(note), 1, Integer::sum);
        }
        return kinds;
    }

    private static String kind(Note note) {
        if (note.is("CORE", Note.NT_PRSTATUS)) {
            return "CORE prstatus";
        }
        return note.type() == 0 ? note.name() : note.name() + " 0x" + Integer.toHexString(note.type());
    }
}
