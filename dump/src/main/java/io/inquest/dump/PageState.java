package io.inquest.dump;

/// What a dump holds of one page frame.
public enum PageState {
    /// Its contents are in the dump.
    STORED,
    /// In the dump as "all zero", without contents of its own. A page of zeros that the writer stored like any other
    /// is [#STORED].
    ZERO,
    /// Memory of the machine that the filter left out on purpose.
    EXCLUDED,
    /// No memory of the machine, or never offered to the dump.
    ABSENT,
    /// Should be in the dump but cannot be read: the file was cut, its data is damaged, or the input refuses to give
    /// it, as `/proc/vmcore` does where the machine's memory is broken.
    LOST;

    /// Whether the frame's contents can be read.
    public boolean readable() {
        return this == STORED || this == ZERO;
    }
}
