package io.inquest.crash.command.file;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.file.FilePath;
import io.inquest.kernel.file.InodeKind;
import io.inquest.kernel.file.OpenFile;
import io.inquest.kernel.object.KernelObject;
import io.inquest.output.JsonWriter;
import java.io.IOException;

/// An open file.
///
/// @param inode its `struct inode`
/// @param kind the word for what it is, `?` when the dump does not say
record FileRow(int descriptor, long file, long dentry, KernelObject inode, String kind, String path) {

    static final String UNKNOWN_KIND = "?";

    static FileRow of(OpenFile open, FilePath paths) {
        KernelObject inode = open.inode();
        return new FileRow(
                open.descriptor(),
                open.address(),
                open.dentry().address(),
                inode,
                kind(inode),
                paths.of(open.dentry(), open.mount()));
    }

    private static String kind(KernelObject inode) {
        try {
            return InodeKind.of(inode).label();
        } catch (MemoryFault missing) {
            return UNKNOWN_KIND;
        }
    }

    /// Pages of an inode in the page cache.
    static long cachedPages(KernelObject inode) {
        KernelObject mapping = inode.member("i_mapping");
        return mapping.isZero() ? 0 : mapping.dereference().member("nrpages").unsigned();
    }

    boolean refersTo(String text) {
        return text.equals(Integer.toString(descriptor))
                || text.equals(Long.toHexString(file))
                || text.equals(Long.toHexString(dentry))
                || text.equals(Long.toHexString(inode.address()))
                || path.contains(text);
    }

    /// The table of crash.
    ///
    /// @param cached whether the cached pages are told in place of the file and dentry
    record FileLayout(boolean cached) implements Layout<FileRow> {

        private static final String HEADING = " FD       FILE            DENTRY           INODE       TYPE PATH";
        private static final String HEADING_CACHED = " FD      INODE          I_MAPPING     NRPAGES TYPE PATH";

        @Override
        public void begin(TextWriter out) throws IOException {
            out.line(cached ? HEADING_CACHED : HEADING);
        }

        @Override
        public void text(FileRow row, TextWriter out) throws IOException {
            out.right(row.descriptor(), 3).text(" ");
            if (cached) {
                out.hex(row.inode().address(), 16).text(" ");
                out.hex(row.inode().member("i_mapping").unsigned(), 16).text(" ");
                out.right(cachedPages(row.inode()), 7).text(" ");
            } else {
                out.hex(row.file(), 16).text(" ").hex(row.dentry(), 16).text(" ");
                out.hex(row.inode().address(), 16).text(" ");
            }
            out.left(row.kind(), 4).text(" ").line(row.path());
        }

        @Override
        public void members(FileRow row, JsonWriter json) throws IOException {
            json.name("fd")
                    .value(row.descriptor())
                    .name("file")
                    .hex(row.file())
                    .name("dentry")
                    .hex(row.dentry());
            json.name("inode").hex(row.inode().address()).name("kind").value(row.kind());
            json.name("path").value(row.path());
            if (cached) {
                json.name("cachedPages").value(cachedPages(row.inode()));
            }
        }
    }
}
