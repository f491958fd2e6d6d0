package io.inquest.capture.act;

import io.inquest.crash.report.Report;
import io.inquest.dump.io.ByteSource;
import java.io.IOException;

/// Makes the report of a death out of memory.
@FunctionalInterface
public interface ReportMaker {
    Report make(ByteSource memory) throws IOException;
}
