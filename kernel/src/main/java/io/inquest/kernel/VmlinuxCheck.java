package io.inquest.kernel;

import io.inquest.dump.DumpException;
import io.inquest.dump.Utsname;
import io.inquest.kernel.elf.ElfObject;
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
    private final LinkedImage image;

    VmlinuxCheck(Kernel kernel, ElfObject object) {
        this.kernel = kernel;
        this.info = kernel.vmcoreInfo();
        this.object = object;
        this.image = new LinkedImage(object);
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
        String banner = image.banner();
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

    /// What KASLR added to addresses; kernels that do not say so (before 3.14) tell where `_stext` is.
    long moved() throws IOException {
        if (info.string(KERNEL_OFFSET).isPresent()) {
            return info.kernelOffset();
        }
        OptionalLong there = info.symbol("_stext");
        OptionalLong linked = there.isPresent() ? image.address("_stext") : OptionalLong.empty();
        return linked.isPresent() ? there.getAsLong() - linked.getAsLong() : 0;
    }
}
