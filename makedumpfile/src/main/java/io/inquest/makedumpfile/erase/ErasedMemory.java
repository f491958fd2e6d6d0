package io.inquest.makedumpfile.erase;

import io.inquest.dump.DelegatingMemory;
import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import java.io.IOException;
import java.nio.ByteBuffer;

/// The memory of a dump with some of it erased whenever it is read.
final class ErasedMemory extends DelegatingMemory {

    private final Erasures erasures;

    ErasedMemory(PhysicalMemory memory, Erasures erasures) {
        super(memory);
        this.erasures = erasures;
    }

    /// A frame that the dump knows to be zeros is not, once something of it is erased.
    @Override
    public void readPages(long pfn, int count, ByteBuffer target, PageState[] states) throws IOException {
        int start = target.position();
        super.readPages(pfn, count, target, states);
        erasures.apply(pfn, count, target, start);
        for (int i = 0; i < count; i++) {
            if (states[i] == PageState.ZERO && erasures.concerns(pfn + i)) {
                states[i] = PageState.STORED;
            }
        }
    }

    @Override
    public void read(long physicalAddress, ByteBuffer target) throws IOException {
        int start = target.position();
        int bytes = target.remaining();
        super.read(physicalAddress, target);
        erasures.applyTo(physicalAddress, target, start, bytes);
    }
}
