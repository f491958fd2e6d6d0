package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.CrashTime;
import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.DumpHeader;
import io.inquest.dump.Note;
import io.inquest.dump.PfnRange;
import io.inquest.dump.Utsname;
import io.inquest.dump.Warnings;
import io.inquest.dump.codec.Compression;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.kernel.arch.Architectures;
import io.inquest.kernel.page.PageClass;
import io.inquest.makedumpfile.erase.ErasedDump;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What the header of the new dump says of its kernel.
final class OutputHeader {

    private OutputHeader() {}

    static DumpHeader of(
            DumpInput input, Optional<Kernel> kernel, FilterResult filter, Compression compression, Warnings warnings)
            throws IOException {
        Dump dump = input.dump();
        DumpHeader old = dump.header();
        return new DumpHeader(
                "kdump-compressed version 6",
                utsname(dump, kernel, old, warnings),
                Optional.of(crashTime(input, kernel)),
                OptionalInt.of(filter.level() | old.dumpLevel().orElse(0)),
                physBase(dump, kernel),
                compression.flag() | vmemmapStatus(input, filter),
                OptionalInt.of(cpus(dump)),
                input.eraseInfo(),
                Optional.<PfnRange>empty());
    }

    /// As the new dump has it: its memory may have been erased here and there.
    private static Utsname utsname(Dump dump, Optional<Kernel> kernel, DumpHeader old, Warnings warnings)
            throws IOException {
        if (kernel.isEmpty()) {
            return old.utsname();
        }
        try {
            Kernel known = kernel.get();
            return dump instanceof ErasedDump
                    ? Kernel.open(dump, known.vmcoreInfo(), warnings).utsname()
                    : known.utsname();
        } catch (DumpException notThere) {
            warnings.warn(notThere.getMessage() + "; the header will not name the kernel");
            return old.utsname();
        }
    }

    /// Readers want to know of struct pages left out in a dump made from such a dump, too.
    private static int vmemmapStatus(DumpInput input, FilterResult filter) {
        return input.lacksStructPages() || filter.leftOut(PageClass.VMEMMAP) > 0
                ? DumpInput.STATUS_VMEMMAP_EXCLUDED
                : 0;
    }

    /// When the kernel crashed; where nobody tells, when the input was last written to.
    private static CrashTime crashTime(DumpInput input, Optional<Kernel> kernel) throws IOException {
        Optional<CrashTime> recorded = input.dump().header().crashTime();
        OptionalLong told =
                kernel.map(Kernel::vmcoreInfo).map(VmcoreInfo::crashTime).orElse(OptionalLong.empty());
        if (told.isPresent() && (recorded.isEmpty() || recorded.get().seconds() != told.getAsLong())) {
            return CrashTime.ofSeconds(told.getAsLong());
        }
        return recorded.isPresent()
                ? recorded.get()
                : CrashTime.ofSeconds(
                        Files.getLastModifiedTime(Path.of(input.path())).toMillis() / 1000);
    }

    private static OptionalLong physBase(Dump dump, Optional<Kernel> kernel) throws IOException {
        OptionalLong recorded = dump.header().physBase();
        VmcoreInfo info = kernel.isPresent() ? kernel.get().vmcoreInfo() : VmcoreInfo.parse("");
        try {
            return Architectures.of(dump.machine()).physBase(dump.memory(), info, recorded);
        } catch (DumpException unknownMachine) {
            return recorded;
        }
    }

    private static int cpus(Dump dump) {
        int cpus = 0;
        for (Note note : dump.notes()) {
            cpus += note.is("CORE", Note.NT_PRSTATUS) ? 1 : 0;
        }
        return cpus > 0 ? cpus : dump.header().cpus().orElse(0);
    }
}
