package io.inquest.dump.format;

import io.inquest.dump.DumpException;
import org.jspecify.annotations.Nullable;

/// Says of a file that is no dump what it looks like, and what can be done about it.
public final class UnknownFile {

    /// Text is told by its first bytes; a whole screen of them is enough.
    private static final int TEXT_BYTES = 256;

    private UnknownFile() {}

    public static DumpException of(String name, FileStart start) {
        return new DumpException(name + ": " + looks(start));
    }

    private static String looks(FileStart start) {
        if (start.length() == 0) {
            return "is empty; the dump was not written, or is still to be copied";
        }
        String known = compressed(start);
        known = known == null ? foreign(start) : known;
        known = known == null ? other(start) : known;
        return known == null ? unknown(start) : known;
    }

    private static @Nullable String compressed(FileStart start) {
        if (start.has(0, "\u001f\u008b")) {
            return "is compressed with gzip; unpack it first (gzip -d)";
        }
        if (start.has(0, "\u00fd7zXZ\0")) {
            return "is compressed with xz; unpack it first (xz -d)";
        }
        if (start.has(0, "(\u00b5/\u00fd")) {
            return "is compressed with zstd; unpack it first (zstd -d)";
        }
        if (start.has(0, "BZh")) {
            return "is compressed with bzip2; unpack it first (bzip2 -d)";
        }
        if (start.has(0, "\u0004\"M\u0018")) {
            return "is compressed with lz4; unpack it first (lz4 -d)";
        }
        if (start.has(0, "\u0089LZO")) {
            return "is compressed with lzop; unpack it first (lzop -d)";
        }
        if (start.has(0, "PK\u0003\u0004")) {
            return "is a zip archive; unpack it first (unzip)";
        }
        return start.has(257, "ustar") ? "is a tar archive; unpack it first (tar -xf)" : null;
    }

    private static @Nullable String foreign(FileStart start) {
        if (start.has(0, "DISKDUMP")) {
            return "is a dump of the old diskdump format, which is not read yet";
        }
        if (start.has(0, "\u00ed#\u008fas\u0001\u0019\u00a8") || start.has(0, "\u00a8\u0019\u0001sa\u008f#\u00ed")) {
            return "is a dump of the LKCD format, which is not read yet";
        }
        if (start.has(0, "\u00a8\u0019\u0001sa\u008f#\u00fd")) {
            return "is a stand-alone dump of s390, which is not read yet; zgetdump converts it to ELF";
        }
        if (start.has(0, "sadump\0\0") || start.has(4096, "sadump\0\0")) {
            return "is a dump of sadump, which is not read yet";
        }
        if (start.has(1, "\u00be\u00d2\u00be") && start.at(0) >= 0xd0 && start.at(0) <= 0xd3) {
            return "is a VMware suspend or snapshot file (.vmss, .vmsn), which is not read yet; vmss2core converts it";
        }
        if (start.has(0, "EMiL")) {
            return "is a LiME memory image, which is not read yet";
        }
        if (start.has(0, "AVML")) {
            return "is an AVML memory image, which is not read yet; avml-convert makes a LiME or raw image of it";
        }
        if (start.has(0, "KDUMP")) {
            return "begins as a kdump-compressed dump does, but its signature is damaged; copy or dump it again";
        }
        if (start.has(0, "PAGEDU")) {
            return "is a dump of Windows, not of Linux";
        }
        return null;
    }

    private static @Nullable String other(FileStart start) {
        if (start.has(0, "QEVM") || start.has(0, "LibvirtQemudSave") || start.has(0, "LibvirtQemudPart")) {
            return "is the saved state of a virtual machine, not a dump; take one with dump-guest-memory"
                    + " or virsh dump --memory-only";
        }
        if (start.has(0, "QFI\u00fb")) {
            return "is a qcow2 disk image, not a dump";
        }
        if (start.has(0, "OSRELEASE=")) {
            return "is a vmcoreinfo text, not a dump; give it beside the dump (-i)";
        }
        if (isText(start)) {
            return "is a text, not a dump";
        }
        if (start.fileBytes() < 64) {
            return "has only " + start.fileBytes() + " bytes, fewer than the header of any dump; it was cut";
        }
        if (isZero(start)) {
            return "begins with zeros only: its space was reserved but the dump not written, or it is a raw image"
                    + " of memory, which needs a layout";
        }
        return null;
    }

    private static String unknown(FileStart start) {
        StringBuilder first = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            first.append(i == 0 ? "" : " ")
                    .append(Character.forDigit(start.at(i) >> 4, 16))
                    .append(Character.forDigit(start.at(i) & 15, 16));
        }
        return "is not a dump of a known kind (it begins with " + first + "); a raw image of memory needs a layout";
    }

    private static boolean isZero(FileStart start) {
        for (int i = 0; i < start.length(); i++) {
            if (start.at(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isText(FileStart start) {
        for (int i = 0; i < Math.min(start.length(), TEXT_BYTES); i++) {
            int c = start.at(i);
            if ((c < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7f) {
                return false;
            }
        }
        return true;
    }
}
