package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.io.Backlog;
import io.inquest.dump.io.ByteSink;
import io.inquest.dump.io.DelegatingSink;
import java.util.Iterator;
import java.util.Optional;

/// A sink that is as busy as a test says.
final class ToldTarget extends DelegatingSink {

    private final Iterator<Backlog> backlogs;

    ToldTarget(ByteSink sink, Iterator<Backlog> backlogs) {
        super(sink);
        this.backlogs = backlogs;
    }

    @Override
    public Optional<Backlog> backlog() {
        return Optional.of(backlogs.next());
    }
}
