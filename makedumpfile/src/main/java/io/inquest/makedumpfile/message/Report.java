package io.inquest.makedumpfile.message;

import io.inquest.output.JsonWriter;
import java.io.IOException;

/// What was left out and how much was written (`--show-stats`).
///
/// @param endPfn one past the highest frame
/// @param existing frames that are memory
/// @param zero frames full of zeros that were left out
/// @param cache page cache without private data
/// @param privateCache page cache with private data
/// @param user memory of user processes
/// @param free free memory, with memory that the kernel has not accepted yet
/// @param hwpoison broken memory
/// @param offline memory given back to the hypervisor
/// @param structPages frames of struct pages of what was left out (`-e`)
/// @param rescued frames that stay although their struct pages would leave them out
/// @param elfFrames frames that an ELF file speaks of, each as often as a segment holds it; -1 for other files
/// @param elfPages frames of them whose contents are in the file
/// @param shared pages that share the bytes of an equal one (`--dedup`)
/// @param writtenBytes bytes written to all files
public record Report(
        long endPfn,
        long existing,
        long zero,
        long cache,
        long privateCache,
        long user,
        long free,
        long hwpoison,
        long offline,
        long structPages,
        long rescued,
        long elfFrames,
        long elfPages,
        long shared,
        long writtenBytes) {

    private static final String HEX = "0123456789abcdef";

    /// Frames that were left out.
    public long excluded() {
        return zero + cache + privateCache + user + free + hwpoison + offline + structPages;
    }

    /// Frames that stay.
    public long remaining() {
        return existing - excluded();
    }

    /// The block of text that makedumpfile prints.
    public String text() {
        StringBuilder text = new StringBuilder(1024).append('\n');
        line(text, "Original pages  : ", existing);
        line(text, "  Excluded pages   : ", excluded());
        if (elfFrames >= 0) {
            line(text, "     in ELF format : ", elfFrames - elfPages);
        }
        line(text, "    Pages filled with zero  : ", zero);
        line(text, "    Non-private cache pages : ", cache);
        line(text, "    Private cache pages     : ", privateCache);
        line(text, "    User process data pages : ", user);
        line(text, "    Free pages              : ", free);
        line(text, "    Hwpoison pages          : ", hwpoison);
        line(text, "    Offline pages           : ", offline);
        if (structPages != 0) {
            line(text, "    Unused vmemmap pages    : ", structPages);
        }
        line(text, "  Remaining pages  : ", remaining());
        if (elfFrames >= 0) {
            line(text, "     in ELF format : ", elfPages);
        }
        long percent = existing == 0 ? 0 : 100 * remaining() / existing;
        text.append("  (The number of pages is reduced to ").append(percent).append("%.)\n");
        line(text, "Memory Hole     : ", endPfn - existing);
        text.append("--------------------------------------------------\n");
        line(text, "Total pages     : ", endPfn);
        text.append("Write bytes     : ").append(writtenBytes).append("\n\n");
        if (shared != 0) {
            text.append(shared).append(" pages share the bytes of an equal one\n\n");
        }
        if (rescued != 0) {
            text.append(rescued)
                    .append(" pages stay that their struct pages would leave out, since the kernel needs them\n\n");
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String title, long number) {
        text.append(title).append("0x");
        for (int shift = 60; shift >= 0; shift -= 4) {
            text.append(HEX.charAt((int) (number >>> shift) & 0xf));
        }
        text.append('\n');
    }

    /// The same as members of the JSON object that `json` is in.
    public void members(JsonWriter json) throws IOException {
        json.name("totalPages").value(endPfn).name("existingPages").value(existing);
        json.name("excludedPages").beginObject();
        json.name("zero")
                .value(zero)
                .name("cache")
                .value(cache)
                .name("privateCache")
                .value(privateCache);
        json.name("user").value(user).name("free").value(free);
        json.name("hwpoison").value(hwpoison).name("offline").value(offline);
        json.name("vmemmap").value(structPages).endObject();
        json.name("sharedPages").value(shared);
        json.name("rescuedPages").value(rescued);
        json.name("remainingPages").value(remaining()).name("writtenBytes").value(writtenBytes);
    }
}
