package io.inquest.dump.flattened;

import io.inquest.dump.Dump;
import io.inquest.dump.Warnings;
import io.inquest.dump.format.DumpFormat;
import io.inquest.dump.format.FileStart;
import io.inquest.dump.format.UnknownFile;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.UnclosedSource;
import java.io.IOException;
import java.util.List;

/// Opens flattened files in place; what they hold is opened by one of the other formats, which do not know of it.
public final class FlattenedFormat implements DumpFormat {

    private final List<DumpFormat> inner;

    /// `inner` are the formats that a flattened file may hold.
    public FlattenedFormat(List<DumpFormat> inner) {
        this.inner = List.copyOf(inner);
    }

    @Override
    public boolean recognises(FileStart start) {
        return start.has(0, StartHeader.SIGNATURE);
    }

    @Override
    public Dump open(ByteSource source, Warnings warnings) throws IOException {
        FlattenedSource flattened = FlattenedSource.open(source);
        flattened.damage().ifPresent(damage -> warnings.warn(source.name() + ": " + damage.reason()));
        FileStart start = FileStart.of(flattened);
        for (DumpFormat format : inner) {
            if (format.recognises(start)) {
                FlattenedSource trusted = trusted(flattened, format, warnings);
                return new FlattenedDump(format.open(trusted, warnings), trusted);
            }
        }
        throw UnknownFile.of(source.name() + " (a flattened stream)", start);
    }

    /// The stream without what two records say differently. Only the dump itself tells where its headers end, which
    /// writers send again.
    private static FlattenedSource trusted(FlattenedSource flattened, DumpFormat format, Warnings warnings)
            throws IOException {
        if (!flattened.overlaps()) {
            return flattened;
        }
        try (Dump probe = format.open(new UnclosedSource(flattened), Warnings.NONE)) {
            FlattenedSource trusted = flattened.withoutConflicts(FlattenedDump.headersEnd(probe));
            trusted.contradiction().ifPresent(problem -> warnings.warn(flattened.name() + ": " + problem));
            return trusted;
        }
    }
}
