package io.inquest.crash.command;

import io.inquest.crash.result.Result;
import java.io.IOException;
import java.util.List;

/// A question to a dead kernel. It declares itself, and answers with typed rows.
///
/// A command knows no terminal, no width and no colour, prints nothing and keeps nothing: one object serves all
/// sessions.
/// It throws
///
/// * [io.inquest.crash.UsageException] for what the user got wrong,
/// * [io.inquest.dump.MemoryFault] when what was asked for cannot be read at all. What a walk meets on its way ends the
///   rows instead,
/// * `MissingSymbol`, `MissingType`, `MissingMember` when the kernel does not have what the answer is made of.
public interface Command {

    /// What the command is called and takes: the source of its parser, its help and its completion.
    Declaration declaration();

    /// What the words behind the command's name mean; by [#declaration] unless the command has rules of its own.
    default Arguments parse(List<String> words) {
        return declaration().parse(words);
    }

    Result run(Invocation invocation) throws IOException;
}
