package io.inquest.kdump.kexec;

import io.inquest.output.ByteSize;

/// Why the running kernel refused to load another one, and what can be done: its error, and what it says of itself.
final class Refusal {

    private final KernelSlot slot;
    private final KexecState state;

    Refusal(KernelSlot slot, KexecState state) {
        this.slot = slot;
        this.state = state;
    }

    /// Cause and remedy, in one sentence.
    String sentence(int number) {
        Errno errno = Errno.of(number);
        if (errno.isAboutSignatures()) {
            return "the image has no signature that the running kernel trusts (" + errno
                    + "); load the distribution's own kernel, or enrol the key that signed this one";
        }
        return switch (errno) {
            case EPERM -> notPermitted();
            case EACCES ->
                "a security policy (SELinux, IMA) does not let it read the image or the initrd; look into the audit log";
            case ENOSYS -> "it was built without kexec_file_load (CONFIG_KEXEC_FILE)";
            case EBUSY -> "another program is loading a kernel at the same time; try again";
            case ENOMEM, EADDRNOTAVAIL -> tooLittleMemory();
            case EFBIG -> "the image or the initrd is larger than 4 GiB";
            case ENOEXEC -> "it cannot start an image of this kind; give it the file that the boot loader starts";
            case EINVAL -> notValid();
            case ENOENT -> "no kernel is loaded " + slot.purpose();
            default -> "it answers with error " + number;
        };
    }

    private String notPermitted() {
        if (state.isDisabled()) {
            return "kernel.kexec_load_disabled is 1, which nothing but a reboot takes back; find out who sets it (sysctl.d)";
        }
        if (slot == KernelSlot.CRASH
                && state.loadsLeft().isPresent()
                && state.loadsLeft().getAsLong() == 0) {
            return "kernel.kexec_load_limit_panic is 0: as many capture kernels were loaded as may be, until the next boot";
        }
        if (state.lockdown().isPresent()) {
            return "the kernel is locked down (" + state.lockdown().get()
                    + ") and does not check signatures of such images; boot without lockdown, or with a kernel that does";
        }
        return "it lets only root (CAP_SYS_BOOT) load kernels, and none in a container";
    }

    private String notValid() {
        if (slot == KernelSlot.CRASH && hasNoMemory()) {
            return tooLittleMemory();
        }
        return "it does not take the image, the initrd or the command line as they are; the kernel's log has more";
    }

    private String tooLittleMemory() {
        if (slot == KernelSlot.REBOOT) {
            return "there is not enough free memory for it";
        }
        if (hasNoMemory()) {
            return "no memory is reserved for it: boot with crashkernel=";
        }
        long bytes = state.crashBytes().orElse(0);
        return "it has no room in the memory that is reserved for it" + (bytes > 0 ? ", " + ByteSize.format(bytes) : "")
                + "; boot with a larger crashkernel=";
    }

    private boolean hasNoMemory() {
        return state.crashBytes().isPresent() && state.crashBytes().getAsLong() == 0;
    }
}
