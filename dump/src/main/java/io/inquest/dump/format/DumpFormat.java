package io.inquest.dump.format;

import io.inquest.dump.Dump;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.ByteSource;
import java.io.IOException;

/// One container format. Recognising and opening are two things: once recognised, a failure to open is an error to
/// tell, not a reason to try another format.
public interface DumpFormat {

    /// Looks at a file's first bytes and answers, nothing else.
    boolean recognises(FileStart start);

    /// Opens a file of this format. The dump closes `source` when it is closed; if this throws, the caller does.
    Dump open(ByteSource source, Warnings warnings) throws IOException;
}
