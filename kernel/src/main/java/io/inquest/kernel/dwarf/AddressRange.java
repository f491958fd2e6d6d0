package io.inquest.kernel.dwarf;

/// Addresses from `low` up to, not including, `high`, as linked.
record AddressRange(long low, long high) {

    boolean contains(long address) {
        return Long.compareUnsigned(low, address) <= 0 && Long.compareUnsigned(address, high) < 0;
    }

    boolean isEmpty() {
        return Long.compareUnsigned(low, high) >= 0;
    }

    long bytes() {
        return high - low;
    }
}
