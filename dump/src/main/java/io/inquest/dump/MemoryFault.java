package io.inquest.dump;

import java.util.Objects;

/// Memory that cannot be read: its page frame is excluded, absent or lost, or no page table leads to it.
///
/// Unchecked, because it can happen at any access and only the walk that meets it knows whether to go on.
public final class MemoryFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long address;
    private final PageState state;

    /// `address` is the one the reader asked for, virtual or physical as the message says.
    public MemoryFault(long address, PageState state, String message) {
        super(message);
        this.address = address;
        this.state = state;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    public long address() {
        return address;
    }

    /// Why; [PageState#ABSENT] also stands for an address that is not mapped.
    public PageState state() {
        return state;
    }
}
