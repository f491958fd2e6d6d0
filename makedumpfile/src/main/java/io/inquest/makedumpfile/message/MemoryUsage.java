package io.inquest.makedumpfile.message;

import io.inquest.output.JsonWriter;
import java.io.IOException;

/// What the memory of a machine is used for, as a dump level sees it (`--mem-usage`), in page frames.
///
/// @param pageBytes bytes of a page
/// @param existing frames that are memory
/// @param zero frames full of zeros, of those of no other class
/// @param cache page cache without private data
/// @param privateCache page cache with private data
/// @param user memory of user processes
/// @param free free memory, with memory that the kernel has not accepted yet
/// @param hwpoison broken memory
/// @param offline memory given back to the hypervisor
public record MemoryUsage(
        int pageBytes,
        long existing,
        long zero,
        long cache,
        long privateCache,
        long user,
        long free,
        long hwpoison,
        long offline) {

    private static final int NUMBER_WIDTH = 16;

    /// Frames that every dump holds.
    public long kernelData() {
        return existing - zero - cache - privateCache - user - free - hwpoison - offline;
    }

    /// The table that makedumpfile prints; broken and offline memory have no line in it.
    public String text() {
        StringBuilder text = new StringBuilder(1024).append("\nTYPE\t\tPAGES\t\t\tEXCLUDABLE\tDESCRIPTION\n");
        text.repeat('-', 70).append('\n');
        line(text, "ZERO\t", zero, "yes", "Pages filled with zero");
        line(text, "NON_PRI_CACHE", cache, "yes", "Cache pages without private flag");
        line(text, "PRI_CACHE", privateCache, "yes", "Cache pages with private flag");
        line(text, "USER\t", user, "yes", "User process pages");
        line(text, "FREE\t", free, "yes", "Free pages");
        line(text, "KERN_DATA", kernelData(), "no", "Dumpable kernel data ");
        number(text.append("\npage size:\t\t"), pageBytes).append('\n');
        number(text.append("Total pages on system:\t"), existing).append('\n');
        number(text.append("Total size on system:\t"), existing * pageBytes).append(" Byte\n");
        return text.toString();
    }

    private static void line(StringBuilder text, String type, long pages, String excludable, String description) {
        number(text.append(type).append('\t'), pages).append('\t').append(excludable);
        text.append("\t\t").append(description).append('\n');
    }

    private static StringBuilder number(StringBuilder text, long number) {
        int start = text.length();
        text.append(number);
        return text.repeat(' ', Math.max(0, start + NUMBER_WIDTH - text.length()));
    }

    /// The same as members of the JSON object that `json` is in.
    void members(JsonWriter json) throws IOException {
        json.name("pageBytes").value(pageBytes).name("existingPages").value(existing);
        json.name("excludablePages").beginObject();
        json.name("zero").value(zero);
        json.name("cache").value(cache);
        json.name("privateCache").value(privateCache);
        json.name("user").value(user);
        json.name("free").value(free);
        json.name("hwpoison").value(hwpoison);
        json.name("offline").value(offline).endObject();
        json.name("kernelDataPages").value(kernelData());
    }
}
