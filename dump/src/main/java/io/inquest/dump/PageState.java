package io.inquest.dump;

/// What a dump holds of one page frame.
public enum PageState {
    /// Its contents are in the dump.
    STORED,
    /// In the dump as "all zero", without contents of its own.
    ZERO,
    /// Memory of the machine that the filter left out on purpose.
    EXCLUDED,
    /// No memory of the machine, or never offered to the dump.
    ABSENT,
    /// Should be in the dump but cannot be read: the file was cut, or its data is damaged.
    LOST;

    /// Whether the frame's contents can be read.
    public boolean readable() {
        return this == STORED || this == ZERO;
    }
}
