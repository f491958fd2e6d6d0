package io.inquest.kdump.initramfs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/// Writes cpio archives in the form "newc", which the kernel unpacks
/// (Documentation/driver-api/early-userspace/buffer-format.rst).
///
/// | offset | bytes | name      | is                                                      |
/// |-------:|------:|-----------|---------------------------------------------------------|
/// |      0 |     6 | magic     | `070701`                                                |
/// |      6 |     8 | ino       | hexadecimal, as all that follow; counted from 1 here    |
/// |     14 |     8 | mode      | type and permissions                                    |
/// |     22 |     8 | uid       | 0                                                       |
/// |     30 |     8 | gid       | 0                                                       |
/// |     38 |     8 | nlink     | 1; of folders 2                                         |
/// |     46 |     8 | mtime     | 0                                                       |
/// |     54 |     8 | filesize  | bytes of the content; of a link, of its target          |
/// |     62 |    16 | maj, min  | of the device that it was on: 0                         |
/// |     78 |    16 | rmaj, rmin | of the device that it is                               |
/// |     94 |     8 | namesize  | bytes of the name with its NUL                          |
/// |    102 |     8 | chksum    | 0                                                       |
/// |    110 |       | name      | ended by a NUL, filled up to 4 bytes with the header    |
/// |        |       | content   | filled up to 4 bytes                                    |
///
/// The last entry has the name `TRAILER!!!`; the whole is filled up to 512 bytes.
final class CpioArchive {

    static final int BLOCK = 512;

    private static final int FOLDER = 0040000;
    private static final int REGULAR = 0100000;
    private static final int LINK = 0120000;
    private static final int CHARACTER_DEVICE = 0020000;

    /// A size has eight hexadecimal digits.
    private static final long MOST_BYTES = 0xffff_ffffL;

    private static final byte[] ZEROS = new byte[BLOCK];

    private final OutputStream out;
    private long written;
    private int inodes;

    private CpioArchive(OutputStream out) {
        this.out = out;
    }

    static void write(Archive archive, OutputStream out) throws IOException {
        CpioArchive writer = new CpioArchive(out);
        for (Map.Entry<String, Entry> entry : archive.sorted()) {
            writer.write(entry.getKey(), entry.getValue());
        }
        writer.head(0, "TRAILER!!!", 0, 1, 0, 0, 0);
        writer.fill(BLOCK);
    }

    private void write(String name, Entry entry) throws IOException {
        int inode = ++inodes;
        switch (entry) {
            case Entry.Folder(int mode) -> head(inode, name, FOLDER | mode, 2, 0, 0, 0);
            case Entry.RegularFile(int mode, Content content) -> {
                head(inode, name, REGULAR | mode, 1, size(name, content), 0, 0);
                long begin = written;
                content.writeTo(new Counting());
                if (written - begin != content.size()) {
                    throw new IOException("/" + name + ": the file changed while it was read; try again");
                }
            }
            case Entry.Link link -> {
                byte[] target = link.target().getBytes(StandardCharsets.UTF_8);
                head(inode, name, LINK | link.mode(), 1, target.length, 0, 0);
                put(target);
            }
            case Entry.CharacterDevice(int mode, int major, int minor) ->
                head(inode, name, CHARACTER_DEVICE | mode, 1, 0, major, minor);
        }
        fill(4);
    }

    private static long size(String name, Content content) throws IOException {
        long size = content.size();
        if (size > MOST_BYTES) {
            throw new IOException("/" + name + ": " + size + " bytes, and an initramfs has no file larger than 4 GiB");
        }
        return size;
    }

    private void head(int inode, String name, int mode, int links, long size, int major, int minor) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        HexFormat hex = HexFormat.of().withUpperCase();
        StringBuilder head = new StringBuilder("070701");
        for (long field : new long[] {inode, mode, 0, 0, links, 0, size, 0, 0, major, minor, bytes.length + 1L, 0}) {
            head.append(hex.toHexDigits((int) field));
        }
        put(head.toString().getBytes(StandardCharsets.US_ASCII));
        put(bytes);
        put(new byte[1]);
        fill(4);
    }

    private void put(byte[] bytes) throws IOException {
        put(bytes, 0, bytes.length);
    }

    private void put(byte[] bytes, int from, int count) throws IOException {
        out.write(bytes, from, count);
        written += count;
    }

    private void fill(int unit) throws IOException {
        put(ZEROS, 0, (int) ((unit - written % unit) % unit));
    }

    /// Bytes of a file, which count as the archive's.
    private final class Counting extends OutputStream {

        @Override
        public void write(int value) throws IOException {
            put(new byte[] {(byte) value});
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            put(bytes, from, count);
        }
    }
}
