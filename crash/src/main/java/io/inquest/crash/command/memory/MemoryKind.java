package io.inquest.crash.command.memory;

import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;

/// What an address is one of, in the words of crash's messages.
enum MemoryKind {
    KERNEL("kernel virtual", "KVADDR"),
    USER("user virtual", "UVADDR"),
    PHYSICAL("physical", "PHYSADDR"),
    /// An offset in the dump file.
    FILE("dumpfile", "FILEADDR");

    private final String words;
    private final String abbreviation;

    MemoryKind(String words, String abbreviation) {
        this.words = words;
        this.abbreviation = abbreviation;
    }

    /// What crash calls a value of `bits` bits at such an address: `64-bit KVADDR`.
    String type(int bits) {
        return bits + "-bit " + abbreviation;
    }

    /// The same fault with the sentence that crash has for it:
    /// `page excluded: kernel virtual address: ffff888001234000  type: "64-bit KVADDR"`.
    MemoryFault told(MemoryFault fault, boolean mapped, String type) {
        String address = words + " address: " + Long.toHexString(fault.address()) + "  type: \"" + type + "\"";
        return new MemoryFault(fault.address(), fault.state(), reason(fault.state(), mapped) + address);
    }

    private String reason(PageState state, boolean mapped) {
        return switch (state) {
            case EXCLUDED -> "page excluded: ";
            case LOST -> "page incomplete: ";
            default -> mapped ? "seek error: " : "invalid ";
        };
    }
}
