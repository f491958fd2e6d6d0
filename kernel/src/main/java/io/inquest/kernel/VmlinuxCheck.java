package io.inquest.kernel;

import io.inquest.dump.DumpException;
import io.inquest.dump.Utsname;
import io.inquest.dump.io.ByteSource;
import io.inquest.kernel.elf.ElfObject;
import io.inquest.kernel.elf.ElfSection;
import io.inquest.kernel.elf.SectionCursor;
import io.inquest.kernel.elf.SectionFault;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/// Whether a vmlinux is that of a dead kernel: by build id, which vmcoreinfo has since 5.9, else by the banner.
final class VmlinuxCheck {

    private static final String BUILD_ID = "BUILD-ID";
    private static final String KERNEL_OFFSET = "KERNELOFFSET";

    private final Kernel kernel;
    private final VmcoreInfo info;
    private final ElfObject object;

    VmlinuxCheck(Kernel kernel, ElfObject object) {
        this.kernel = kernel;
        this.info = kernel.vmcoreInfo();
        this.object = object;
    }

    /// Throws a [DumpException] that says what differs.
    void requireSameKernel() throws IOException {
        Optional<String> wanted = info.string(BUILD_ID);
        Optional<String> found = object.buildId();
        if (wanted.isPresent() && found.isPresent()) {
            if (!wanted.get().equalsIgnoreCase(found.get())) {
                throw new DumpException(object.name() + ": is not the vmlinux of this dump: its build id is "
                        + found.get() + ", the dump's kernel has " + wanted.get());
            }
            return;
        }
        requireSameBanner();
    }

    private void requireSameBanner() throws IOException {
        Utsname kernelName = kernel.utsname();
        String banner = banner();
        if (banner.isEmpty()) {
            throw new DumpException(object.name() + ": cannot be checked to be the vmlinux of this dump: it has neither"
                    + " a build id that vmcoreinfo knows nor the text \"Linux version\"");
        }
        if (!banner.startsWith("Linux version " + kernelName.release() + " ")
                || !banner.contains(kernelName.version())) {
            throw new DumpException(object.name() + ": is not the vmlinux of this dump: it says \"" + banner.strip()
                    + "\", the dump's kernel is " + kernelName.release() + " " + kernelName.version());
        }
    }

    /// `linux_banner`, "" where it cannot be found.
    private String banner() throws IOException {
        OptionalLong address = Vmlinux.symbol(object, "linux_banner");
        if (address.isEmpty()) {
            return "";
        }
        for (ElfSection section : object.sections()) {
            long offset = address.getAsLong() - section.address();
            if (section.isInMemory() && section.hasBytes() && Long.compareUnsigned(offset, section.bytes()) < 0) {
                return string(object.bytes(section), offset);
            }
        }
        return "";
    }

    private String string(ByteSource section, long offset) {
        try {
            return new SectionCursor(section, object.order(), SectionCursor.SMALL_WINDOW)
                    .seek(offset)
                    .string();
        } catch (SectionFault damaged) {
            return "";
        }
    }

    /// What KASLR added to addresses; kernels that do not say so (before 3.14) tell where `_stext` is.
    long moved() throws IOException {
        if (info.string(KERNEL_OFFSET).isPresent()) {
            return info.kernelOffset();
        }
        OptionalLong there = info.symbol("_stext");
        OptionalLong linked = there.isPresent() ? Vmlinux.symbol(object, "_stext") : OptionalLong.empty();
        return linked.isPresent() ? there.getAsLong() - linked.getAsLong() : 0;
    }
}
