package io.inquest.crash.command;

import io.inquest.crash.result.Ending;
import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.symbol.MissingSymbol;
import io.inquest.kernel.type.MissingMember;
import io.inquest.kernel.type.MissingType;
import java.io.IOException;
import java.util.Optional;

/// Asks for one fact after the other, and keeps why some could not be had: a damaged dump tells what it can.
public final class Gathering {

    private Ending ending = Ending.COMPLETE;

    /// Nothing asked yet.
    public Gathering() {}

    /// A question that a damaged dump may leave without an answer.
    @FunctionalInterface
    public interface Question<T> {
        T ask() throws IOException;
    }

    /// The answer, empty where the dump does not tell; then the reason is kept.
    public <T> Optional<T> fact(Question<T> question) throws IOException {
        try {
            return Optional.of(question.ask());
        } catch (DumpException | MemoryFault | MissingSymbol | MissingType | MissingMember unknown) {
            ending = ending.and(Ending.incomplete(String.valueOf(unknown.getMessage())));
            return Optional.empty();
        }
    }

    /// What could not be had.
    public Ending ending() {
        return ending;
    }
}
