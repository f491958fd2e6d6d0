package io.inquest.crash.render;

import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Result;
import java.io.IOException;

/// Makes an answer visible.
public interface Renderer {

    /// Writes the whole answer to a command line and says how it ended.
    Ending render(String commandLine, Result result) throws IOException;

    /// Tells in the answer itself, if its form has a place for it, that the command failed, also in the middle of it.
    default void fail(String commandLine, String sentence) throws IOException {}
}
