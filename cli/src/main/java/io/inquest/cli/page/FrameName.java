package io.inquest.cli.page;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import java.io.IOException;
import java.util.Locale;

/// A page frame as a user names it.
///
/// | Written                | Means                                             |
/// |------------------------|---------------------------------------------------|
/// | `12345`                | page frame number                                 |
/// | `pfn:0x3039`, `pfn:12345` | page frame number                              |
/// | `0x3039000`            | physical address                                  |
/// | `0xffff888003039000`, `ffff888003039000` | address in the kernel, if it has 16 digits |
///
/// @param pfn the page frame
/// @param virtualAddress whether a virtual address was given, which led there
record FrameName(long pfn, boolean virtualAddress) {

    private static final int VIRTUAL_DIGITS = 16;

    /// A [MemoryFault] says that a page table on the way to a virtual address cannot be read.
    static FrameName parse(String text, Kernel kernel) throws IOException {
        String word = text.toLowerCase(Locale.ROOT);
        try {
            if (word.startsWith("pfn:")) {
                return new FrameName(number(word.substring(4)), false);
            }
            String digits = word.startsWith("0x") ? word.substring(2) : word;
            if (digits.length() == VIRTUAL_DIGITS && Character.digit(digits.charAt(0), 16) >= 8) {
                return ofVirtual(Long.parseUnsignedLong(digits, 16), kernel);
            }
            if (word.startsWith("0x")) {
                return new FrameName(
                        Long.parseUnsignedLong(digits, 16) >>> kernel.memory().pageShift(), false);
            }
            return new FrameName(Long.parseLong(word), false);
        } catch (NumberFormatException e) {
            throw new DumpException("\"" + text + "\" is neither a page frame number (12345, pfn:0x3039) nor an address"
                    + " (0x3039000, or 16 hexadecimal digits for the kernel's own)");
        }
    }

    private static long number(String word) {
        return word.startsWith("0x") ? Long.parseUnsignedLong(word.substring(2), 16) : Long.parseLong(word);
    }

    private static FrameName ofVirtual(long address, Kernel kernel) throws IOException {
        AddressSpace space = kernel.space();
        return switch (space.translate(address, 1)) {
            case Mapping.Mapped mapped ->
                new FrameName(mapped.to() >>> kernel.memory().pageShift(), true);
            case Mapping.NotPresent nothing ->
                throw new DumpException("0x" + Long.toHexString(nothing.from()) + " is not mapped in the kernel");
            case Mapping.TableUnreadable unreadable ->
                throw new MemoryFault(
                        unreadable.from(),
                        PageState.LOST,
                        "0x" + Long.toHexString(unreadable.from()) + " cannot be translated: " + unreadable.reason());
        };
    }
}
