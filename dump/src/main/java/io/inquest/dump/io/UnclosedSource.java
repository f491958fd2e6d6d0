package io.inquest.dump.io;

/// A source that somebody else closes: lent to a dump, which would.
public final class UnclosedSource extends DelegatingSource {

    public UnclosedSource(ByteSource source) {
        super(source);
    }

    @Override
    public void close() {}
}
