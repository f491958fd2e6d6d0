package io.inquest.makedumpfile.erase;

import io.inquest.dump.DelegatingDump;
import io.inquest.dump.Dump;
import io.inquest.dump.DumpHeader;
import java.util.Optional;

/// A dump with some of its memory erased, which its header tells. Closing it closes the dump.
public final class ErasedDump extends DelegatingDump {

    private final DumpHeader header;

    /// `before` is what was erased of the dump already.
    public ErasedDump(Dump dump, Erasures erasures, String before) {
        super(dump, new ErasedMemory(dump.memory(), erasures));
        this.header = dump.header().withEraseInfo(Optional.of(before + erasures.record()));
    }

    @Override
    public DumpHeader header() {
        return header;
    }
}
