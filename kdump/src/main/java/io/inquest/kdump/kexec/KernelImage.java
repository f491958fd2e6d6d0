package io.inquest.kdump.kexec;

import io.inquest.kdump.host.Inputs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.OptionalInt;

/// What the first bytes of a kernel's file tell, before it replaces the one that is loaded.
///
/// | Kind    | Offset | Bytes              | Source                                        |
/// |---------|-------:|--------------------|-----------------------------------------------|
/// | bzImage |  0x202 | `HdrS`             | Linux, Documentation/arch/x86/boot.rst        |
/// | ELF     |      0 | `7f 45 4c 46`      | ELF                                           |
/// | arm64   |   0x38 | `ARM` `64`         | Linux, Documentation/arch/arm64/booting.rst   |
/// | PE      |      0 | `MZ`               | a unified kernel image, or one that unpacks itself for EFI |
/// | gzip    |      0 | `1f 8b`            | arm64's Image.gz                              |
///
/// @param kind what it is
/// @param mostCommandLine how many bytes its command line may have, if it says so (bzImage, `cmdline_size` at 0x238)
record KernelImage(Kind kind, OptionalInt mostCommandLine) {

    private static final int HEAD_BYTES = 0x250;
    private static final int X86_MAGIC_AT = 0x202;
    private static final int X86_VERSION_AT = 0x206;
    private static final int X86_RELOCATABLE_AT = 0x234;
    private static final int X86_COMMAND_LINE_AT = 0x238;

    /// The boot protocol that has `cmdline_size`.
    private static final int X86_VERSION_2_06 = 0x206;
    private static final int ARM64_MAGIC_AT = 0x38;

    private static final int X86_MAGIC = 0x53726448; // HdrS
    private static final int ARM64_MAGIC = 0x644d5241; // ARMd
    private static final int ELF_MAGIC = 0x464c457f;
    private static final int PE_MAGIC = 0x5a4d;
    private static final int GZIP_MAGIC = 0x8b1f;

    enum Kind {
        BZIMAGE,
        ELF,
        ARM64,
        PE,
        GZIP
    }

    /// Throws an [IOException] that says so if the file is no kernel, or one that cannot start where a crash needs it.
    static KernelImage read(Path file) throws IOException {
        ByteBuffer head = ByteBuffer.wrap(Inputs.bytes(file, 0, HEAD_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        if (isAt(head, X86_MAGIC_AT, X86_MAGIC)) {
            return bzImage(file, head);
        }
        if (isAt(head, 0, ELF_MAGIC)) {
            return new KernelImage(Kind.ELF, OptionalInt.empty());
        }
        if (isAt(head, ARM64_MAGIC_AT, ARM64_MAGIC)) {
            return new KernelImage(Kind.ARM64, OptionalInt.empty());
        }
        int first = head.limit() < Short.BYTES ? 0 : head.getShort(0) & 0xffff;
        if (first == PE_MAGIC || first == GZIP_MAGIC) {
            return new KernelImage(first == PE_MAGIC ? Kind.PE : Kind.GZIP, OptionalInt.empty());
        }
        throw new IOException(file + ": is no kernel (not a bzImage, Image, ELF or EFI file); give it the file that the"
                + " boot loader starts, such as /boot/vmlinuz");
    }

    private static KernelImage bzImage(Path file, ByteBuffer head) throws IOException {
        boolean tellsMore = head.limit() >= X86_COMMAND_LINE_AT + Integer.BYTES
                && (head.getShort(X86_VERSION_AT) & 0xffff) >= X86_VERSION_2_06;
        if (!tellsMore) {
            return new KernelImage(Kind.BZIMAGE, OptionalInt.empty());
        }
        if (head.get(X86_RELOCATABLE_AT) == 0) {
            throw new IOException(
                    file + ": cannot run where it was not linked for (CONFIG_RELOCATABLE is off), so no other"
                            + " kernel can start it in memory of its own");
        }
        int most = head.getInt(X86_COMMAND_LINE_AT);
        return new KernelImage(Kind.BZIMAGE, most > 0 ? OptionalInt.of(most) : OptionalInt.empty());
    }

    private static boolean isAt(ByteBuffer head, int at, int magic) {
        return head.limit() >= at + Integer.BYTES && head.getInt(at) == magic;
    }
}
