package io.inquest.dump.flattened;

import io.inquest.dump.Dump;
import io.inquest.dump.Warnings;
import io.inquest.dump.format.DumpFormat;
import io.inquest.dump.format.FileStart;
import io.inquest.dump.format.UnknownFile;
import io.inquest.dump.io.ByteSource;
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
                return new FlattenedDump(format.open(flattened, warnings), flattened);
            }
        }
        throw UnknownFile.of(source.name() + " (a flattened stream)", start);
    }
}
