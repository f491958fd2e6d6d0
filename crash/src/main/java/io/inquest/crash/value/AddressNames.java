package io.inquest.crash.value;

/// Names for addresses, as they stand beside pointers.
@FunctionalInterface
public interface AddressNames {

    /// No address has a name.
    AddressNames NONE = address -> "";

    /// Such as `init_task+8`, or empty when the address belongs to no symbol.
    String of(long address);
}
