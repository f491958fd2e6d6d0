package io.inquest.crash.report.death;

import io.inquest.crash.report.Fact;
import io.inquest.crash.report.log.LoggedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a faulting access tried, as far as the log says.
///
/// | Line                                               | Where            |
/// |----------------------------------------------------|------------------|
/// | `#PF: supervisor write access in kernel mode`      | x86, from 5.0    |
/// | `#PF: error_code(0x0002) - not-present page`       | x86, from 5.0    |
/// | `Oops: 0002 [#1]`                                  | x86, bit 0 present, bit 1 write, bit 4 fetch |
/// | `  CM = 0, WnR = 1`                                | arm64            |
/// | `... on write at 0x...`                            | powerpc          |
///
/// @param verb `read`, `write` or `instruction fetch`; empty if not known
/// @param address where; empty if not known
/// @param reason why it failed; empty if not known
record MemoryAccess(String verb, String address, String reason) {

    private static final int PRESENT = 1;
    private static final int WRITE = 1 << 1;
    private static final int FETCH = 1 << 4;

    static MemoryAccess of(LoggedEvent event) {
        String verb = event.held("access");
        String reason = "";
        for (var line : event.lines()) {
            String text = line.text();
            if (text.startsWith("#PF: ") && text.contains(" access in ")) {
                verb = text.contains(" write ") ? "write" : text.contains("fetch") ? "instruction fetch" : "read";
            } else if (text.startsWith("#PF: error_code(") && text.contains(" - ")) {
                reason = text.substring(text.indexOf(" - ") + 3);
            } else if (text.contains("WnR = ")) {
                verb = text.contains("WnR = 1") ? "write" : "read";
            } else if (verb.isEmpty() && text.contains("Oops: ")) {
                Optional<Integer> code = errorCode(text);
                if (code.isPresent()) {
                    verb = verb(code.get());
                    reason = (code.get() & PRESENT) != 0 ? "permissions violation" : "not-present page";
                }
            }
        }
        return new MemoryAccess(verb, event.held("address").isEmpty() ? "" : trimmed(event.held("address")), reason);
    }

    private static String verb(int code) {
        return (code & FETCH) != 0 ? "instruction fetch" : (code & WRITE) != 0 ? "write" : "read";
    }

    /// The four digits of x86's `Oops: 0002 [#1]`; other architectures print other things of other lengths there.
    private static Optional<Integer> errorCode(String text) {
        String rest = text.substring(text.lastIndexOf("Oops: ") + "Oops: ".length());
        if (rest.length() < 7 || !rest.startsWith(" [#", 4)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Integer.parseInt(rest.substring(0, 4), 16));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// The address with `0x` and without leading zeros.
    private static String trimmed(String address) {
        String digits = address.startsWith("0x") ? address.substring(2) : address;
        int from = 0;
        while (from < digits.length() - 1 && digits.charAt(from) == '0') {
            from++;
        }
        return "0x" + digits.substring(from);
    }

    /// ` (write at 0x60)`, as far as it is known; empty if nothing is.
    String describe() {
        if (address.isEmpty()) {
            return verb.isEmpty() ? "" : " (" + verb + ")";
        }
        return " (" + (verb.isEmpty() ? "at " : verb + " at ") + address + ")";
    }

    /// The bits of the address; empty if it is not known.
    Optional<Long> bits() {
        return address.isEmpty() ? Optional.empty() : Optional.of(Long.parseUnsignedLong(address.substring(2), 16));
    }

    List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        if (!address.isEmpty()) {
            facts.add(new Fact("fault address", address));
        }
        bits().flatMap(KnownValue::describe).ifPresent(what -> facts.add(new Fact("that address is", what)));
        if (!reason.isEmpty()) {
            facts.add(new Fact("reason", reason));
        }
        return facts;
    }
}
