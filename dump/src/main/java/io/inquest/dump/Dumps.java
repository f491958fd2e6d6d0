package io.inquest.dump;

import io.inquest.dump.elf.ElfFormat;
import io.inquest.dump.flattened.FlattenedFormat;
import io.inquest.dump.format.DumpFormat;
import io.inquest.dump.format.FileStart;
import io.inquest.dump.format.UnknownFile;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.FileSource;
import io.inquest.dump.kdump.KdumpFormat;
import io.inquest.dump.raw.RawDump;
import io.inquest.dump.split.SplitSet;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Opens dumps of any format that this module reads, recognised by their contents.
public final class Dumps {

    private static final List<DumpFormat> PLAIN_FORMATS = List.of(new KdumpFormat(), new ElfFormat());

    private static final List<DumpFormat> FORMATS =
            List.of(PLAIN_FORMATS.get(0), PLAIN_FORMATS.get(1), new FlattenedFormat(PLAIN_FORMATS));

    private Dumps() {}

    /// Opens one file, or several that are the parts of a split set, in any order.
    ///
    /// One part alone opens too: the page frames of the others are lost.
    public static Dump open(List<Path> files, Warnings warnings) throws IOException {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("no file to open");
        }
        List<Dump> dumps = new ArrayList<>();
        try {
            for (Path file : files) {
                dumps.add(open(file, warnings));
            }
            return dumps.size() == 1 ? dumps.getFirst() : SplitSet.of(dumps, warnings);
        } catch (IOException | RuntimeException failure) {
            for (Dump dump : dumps) {
                closeAfter(failure, dump);
            }
            throw failure;
        }
    }

    private static Dump open(Path file, Warnings warnings) throws IOException {
        ByteSource source = openFile(file);
        try {
            return open(source, warnings);
        } catch (IOException | RuntimeException failure) {
            closeAfter(failure, source);
            throw failure;
        }
    }

    private static ByteSource openFile(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new DumpException(file + ": is a directory, not a dump");
        }
        try {
            return FileSource.open(file);
        } catch (DumpException told) {
            throw told;
        } catch (NoSuchFileException none) {
            throw new DumpException(file + ": there is no such file", none);
        } catch (AccessDeniedException denied) {
            throw new DumpException(file + ": may not be read by this user; try it as root", denied);
        } catch (IOException failed) {
            throw new DumpException(file + ": cannot be opened: " + failed.getMessage(), failed);
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

    /// Opens a raw image of memory, which is closed with the dump.
    public static Dump openRaw(ByteSource source, RawLayout layout, Warnings warnings) {
        return RawDump.open(source, layout, warnings);
    }

    private static void closeAfter(Exception failure, Closeable resource) {
        try {
            resource.close();
        } catch (IOException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }
}
