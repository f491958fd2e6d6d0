package io.inquest.crash.command.file;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.file.FilePath;
import io.inquest.kernel.file.InodeKind;
import io.inquest.kernel.object.KernelObject;
import io.inquest.output.JsonWriter;
import java.io.IOException;

/// A name in a directory, and what it leads to.
///
/// @param path through the place where init sees its file system, else the first where it is mounted
record DentryRow(long dentry, long inode, long superBlock, String kind, String path) {

    static final Layout<DentryRow> LAYOUT = new DentryLayout();

    static DentryRow of(KernelObject dentry, FilePath paths, long namespace) {
        KernelObject inode = dentry.member("d_inode").dereference();
        return new DentryRow(
                dentry.address(),
                inode.address(),
                dentry.member("d_sb").unsigned(),
                inode.address() == 0 ? "N/A" : InodeKind.of(inode).label(),
                paths.of(dentry, paths.mountOf(dentry, namespace)));
    }

    private static final class DentryLayout implements Layout<DentryRow> {

        @Override
        public void text(DentryRow row, TextWriter out) throws IOException {
            out.line("     DENTRY           INODE           SUPERBLK     TYPE PATH");
            out.hex(row.dentry(), 16).text(" ").hex(row.inode(), 16).text(" ").hex(row.superBlock(), 16);
            out.text(" ").left(row.kind(), 4).text(" ").line(row.path());
        }

        @Override
        public void members(DentryRow row, JsonWriter json) throws IOException {
            json.name("dentry").hex(row.dentry()).name("inode").hex(row.inode());
            json.name("superBlock").hex(row.superBlock()).name("kind").value(row.kind());
            json.name("path").value(row.path());
        }
    }
}
