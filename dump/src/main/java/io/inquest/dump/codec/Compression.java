package io.inquest.dump.codec;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How the bytes of a page are stored in a kdump-compressed file.
///
/// The flag is the value of `page_desc.flags` and of the header's `status` bit (makedumpfile, `diskdump_mod.h`).
public enum Compression {
    /// The page as it is.
    NONE(0),
    /// One zlib stream (RFC 1950).
    ZLIB(0x1),
    /// One raw LZO1X block.
    LZO(0x2),
    /// One raw snappy block, not framed.
    SNAPPY(0x4),
    /// One zstd frame (RFC 8878).
    ZSTD(0x20);

    private final int flag;

    Compression(int flag) {
        this.flag = flag;
    }

    /// The bit that names this compression in page descriptors and in the header's status.
    public int flag() {
        return flag;
    }

    /// The compression that the flags of a page descriptor name, or null when no known writer uses such flags.
    public static @Nullable Compression ofFlag(int flag) {
        return switch (flag) {
            case 0 -> NONE;
            case 0x1 -> ZLIB;
            case 0x2 -> LZO;
            case 0x4 -> SNAPPY;
            case 0x20 -> ZSTD;
            default -> null;
        };
    }

    /// The name in messages and JSON: `none`, `zlib`, `lzo`, `snappy`, `zstd`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
