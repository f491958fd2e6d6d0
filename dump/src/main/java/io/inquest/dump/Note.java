package io.inquest.dump;

import java.nio.ByteBuffer;

/// One ELF note of a dump: a name, a type and bytes.
///
/// @param name without its terminating NUL, such as `CORE`, `VMCOREINFO`, `QEMU`
/// @param type `n_type`; 1 is NT_PRSTATUS for the name `CORE`
/// @param description the note's bytes, read-only, in the byte order of the machine
public record Note(String name, int type, ByteBuffer description) {

    public static final int NT_PRSTATUS = 1;

    public Note {
        description = description.asReadOnlyBuffer().order(description.order());
    }

    /// A view of the bytes with a position of its own.
    @Override
    public ByteBuffer description() {
        return description.duplicate().order(description.order());
    }

    public boolean is(String name, int type) {
        return this.type == type && this.name.equals(name);
    }
}
