package io.inquest.dump;

import io.inquest.dump.elf.ElfFormat;
import io.inquest.dump.format.DumpFormat;
import io.inquest.dump.format.FileStart;
import io.inquest.dump.format.UnknownFile;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.FileSource;
import io.inquest.dump.kdump.KdumpFormat;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Opens dumps of any format that this module reads, recognised by their contents.
public final class Dumps {

    private static final List<DumpFormat> FORMATS = List.of(new KdumpFormat(), new ElfFormat());

    private Dumps() {}

    /// Opens one file, or several that are the parts of a split set, in any order.
    public static Dump open(List<Path> files, Warnings warnings) throws IOException {
        if (files.size() != 1) {
            throw new DumpException("split sets cannot be read yet");
        }
        ByteSource source = FileSource.open(files.getFirst());
        try {
            return open(source, warnings);
        } catch (IOException | RuntimeException failure) {
            closeAfter(failure, source);
            throw failure;
        }
    }

    /// Opens what `source` holds. The dump closes the source when it is closed; if this throws, the caller does.
    public static Dump open(ByteSource source, Warnings warnings) throws IOException {
        FileStart start = FileStart.of(source);
        for (DumpFormat format : FORMATS) {
            if (format.recognises(start)) {
                return format.open(source, warnings);
            }
        }
        throw UnknownFile.of(source.name(), start);
    }

    private static void closeAfter(Exception failure, Closeable resource) {
        try {
            resource.close();
        } catch (IOException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }
}
