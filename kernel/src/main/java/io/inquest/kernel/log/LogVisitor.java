package io.inquest.kernel.log;

import java.io.IOException;

/// Takes the records of a log, oldest first.
@FunctionalInterface
public interface LogVisitor {
    void record(LogRecord record) throws IOException;
}
