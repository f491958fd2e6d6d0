package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.Warnings;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.makedumpfile.option.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Opens the kernel of a dump, with the vmcoreinfo of the dump, of a file, or made of a vmlinux.
final class KernelAccess {

    private static final int MAX_VMCOREINFO_BYTES = 1 << 20;

    private KernelAccess() {}

    /// The kernel, or nothing when neither the dump nor the user tells of it.
    static Optional<Kernel> open(Dump dump, Options.Filter filter, Warnings warnings) throws IOException {
        if (filter.vmlinuxFile().isPresent()) {
            return Optional.of(new VmlinuxAccess(dump, filter, warnings).open());
        }
        if (filter.vmcoreinfoFile().isPresent()) {
            return Optional.of(openWithFile(dump, filter.vmcoreinfoFile().get(), warnings));
        }
        if (dump.vmcoreinfo().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Kernel.open(dump, warnings));
    }

    private static Kernel openWithFile(Dump dump, String file, Warnings warnings) throws IOException {
        VmcoreInfo given = VmcoreInfo.parse(read(file));
        if (given.osRelease().isEmpty() || given.pageSize().isEmpty()) {
            throw new CommandFailure("read_vmcoreinfo_basic_info: Invalid format in " + file);
        }
        Kernel kernel = Kernel.open(dump, given, warnings);
        String release = releaseOf(kernel);
        if (!release.equals(given.osRelease().get())) {
            throw new CommandFailure(
                    "check_release: VMCOREINFO and VMCORE don't match.\nThe vmcoreinfo file is of "
                            + given.osRelease().get() + ", the dump of " + release + ".",
                    Outcome.WRONG_RELEASE);
        }
        return kernel;
    }

    /// The release that the dump's memory tells; where the file leads to no name at all, it is of another kernel.
    private static String releaseOf(Kernel kernel) throws IOException {
        try {
            return kernel.utsname().release();
        } catch (DumpException notThere) {
            throw new CommandFailure(
                    "check_release: VMCOREINFO and VMCORE don't match.\n" + notThere.getMessage() + ".",
                    Outcome.WRONG_RELEASE);
        }
    }

    private static String read(String file) throws CommandFailure {
        try {
            Path path = Path.of(file);
            if (Files.size(path) > MAX_VMCOREINFO_BYTES) {
                throw new CommandFailure("read_vmcoreinfo_basic_info: Invalid format in " + file);
            }
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (CommandFailure told) {
            throw told;
        } catch (IOException failure) {
            throw new CommandFailure(
                    "open_vmcoreinfo: Can't open the vmcoreinfo file(" + file + "). " + CommandFailure.reason(failure));
        }
    }
}
