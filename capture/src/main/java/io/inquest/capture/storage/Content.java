package io.inquest.capture.storage;

import java.io.IOException;
import java.io.OutputStream;

/// What a file is to hold.
@FunctionalInterface
public interface Content {
    void writeTo(OutputStream out) throws IOException;
}
