package io.inquest.crash.command.memory;

import io.inquest.dump.Machine;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/// The bytes of a file, at their offsets: for those who look into the format of a dump.
///
/// Behind the end of the file there is nothing, which is a [MemoryFault].
record FileSpace(Machine machine, Path file) implements AddressSpace {

    @Override
    public ByteOrder order() {
        return machine.order();
    }

    @Override
    public int wordBytes() {
        return machine.wordBytes();
    }

    @Override
    public Mapping translate(long offset, long bytes) {
        return new Mapping.Mapped(offset, offset, bytes, List.of());
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            for (long at = offset; target.hasRemaining(); ) {
                int read = at < 0 ? -1 : channel.read(target, at);
                if (read < 0) {
                    throw new MemoryFault(at, PageState.ABSENT, file + " ends before offset 0x" + Long.toHexString(at));
                }
                at += read;
            }
        }
    }
}
