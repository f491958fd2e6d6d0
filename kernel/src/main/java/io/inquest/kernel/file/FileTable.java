package io.inquest.kernel.file;

import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.Walk;
import org.jspecify.annotations.Nullable;

/// The descriptors of a task (`struct files_struct`), which all its threads usually share.
///
/// @param struct its `struct files_struct`
public record FileTable(KernelObject struct) {

    /// `sysctl_nr_open_max` lets nobody open more.
    private static final long MOST_DESCRIPTORS = 1 << 26;

    private static final int WORD_BITS = Long.SIZE;

    /// The open files in the order of their descriptors.
    ///
    /// Which descriptors are open the bit map `open_fds` tells; `max_fds` is the length of both it and the
    /// array.
    public Walk<OpenFile> open() {
        KernelObject table = struct.find("fdt").map(KernelObject::dereference).orElse(struct);
        KernelObject loaded = table.loadedIfReadable();
        return Walk.of(new Walk.Step<OpenFile>() {
            private int next;
            private long word;

            @Override
            public @Nullable OpenFile next() {
                long end = Math.min(loaded.member("max_fds").unsigned(), MOST_DESCRIPTORS);
                while (next < end) {
                    if (next % WORD_BITS == 0) {
                        word = loaded.member("open_fds")
                                .element(next / WORD_BITS)
                                .unsigned();
                    }
                    int descriptor = next++;
                    if ((word >>> descriptor % WORD_BITS & 1) != 0) {
                        KernelObject file =
                                loaded.member("fd").element(descriptor).dereference();
                        if (file.address() != 0) {
                            return new OpenFile(descriptor, file.loadedIfReadable());
                        }
                    }
                }
                return null;
            }
        });
    }
}
