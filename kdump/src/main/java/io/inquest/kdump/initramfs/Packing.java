package io.inquest.kdump.initramfs;

import io.inquest.kdump.host.HostProgram;
import io.inquest.kdump.host.KernelConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// How an archive is packed for the kernel, which unpacks it with what it was built with. The best is first.
public enum Packing {
    ZSTD("zstd", "RD_ZSTD", "zstd", "-19", "-q", "-c"),
    /// The kernel checks no other sum.
    XZ("xz", "RD_XZ", "xz", "-9", "--check=crc32", "-c"),
    /// By Java itself.
    GZIP("gzip", "RD_GZIP"),
    NONE("none", "BLK_DEV_INITRD");

    private final String word;
    private final String option;

    @SuppressWarnings("ImmutableEnumChecker") // a list of strings that nobody can change
    private final List<String> program;

    Packing(String word, String option, String... program) {
        this.word = word;
        this.option = option;
        this.program = List.of(program);
    }

    /// The best that the kernel can unpack and this machine can make; gzip, which nearly every kernel has, of an
    /// unknown one.
    public static Packing best(KernelConfig kernel) {
        for (Packing packing : values()) {
            if (kernel.has(packing.option)
                    && (packing.program.isEmpty() || HostProgram.exists(packing.program.getFirst()))) {
                return packing;
            }
        }
        return GZIP;
    }

    public String word() {
        return word;
    }

    /// The kernel's option without which it does not unpack this, without `CONFIG_`.
    public String option() {
        return option;
    }

    byte[] pack(byte[] archive) throws IOException {
        return switch (this) {
            case ZSTD, XZ -> new HostProgram(program).filter(archive);
            case GZIP -> {
                ByteArrayOutputStream packed = new ByteArrayOutputStream();
                try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                    gzip.write(archive);
                }
                yield packed.toByteArray();
            }
            case NONE -> archive;
        };
    }
}
