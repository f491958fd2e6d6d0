package io.inquest.kernel.page;

import io.inquest.dump.MemoryFault;
import io.inquest.dump.Note;
import io.inquest.dump.Warnings;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.VmcoreInfo;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/// Compares the free frames that a filter found with what the kernel itself counted.
///
/// A filter that does not understand a kernel finds none, or far too many; to leave out pages on its word would
/// lose the dump. Two numbers of the kernel are asked:
///
/// - the sum of `zone.vm_stat[NR_FREE_PAGES]`, which counts unaccepted memory too and is exact but for what CPUs
///   hold back, at most 125 for each CPU and zone;
/// - the sum of `free_area[order].nr_free << order`, which is exact; its place is not exported, but follows from
///   `SIZE(free_area)`.
///
/// @param free frames found free
/// @param unaccepted frames found unaccepted
/// @param counted the first number, if the dump has it
/// @param listed the second
/// @param tolerance how far the first may be off
public record FreePageCheck(long free, long unaccepted, OptionalLong counted, OptionalLong listed, long tolerance) {

    /// What one CPU holds back of one counter of a zone (kernel: `calculate_normal_threshold` in `mm/vmstat.c`).
    private static final int LARGEST_THRESHOLD = 125;

    /// Whether either number confirms what was found. With neither in the dump nothing speaks against it.
    public boolean isPlausible() {
        boolean unknown = counted.isEmpty() && listed.isEmpty();
        boolean nearCounter = counted.isPresent() && Math.abs(free + unaccepted - counted.getAsLong()) <= tolerance;
        boolean asListed = listed.isPresent() && free == listed.getAsLong();
        return unknown || nearCounter || asListed;
    }

    /// A clause that compares the numbers.
    public String describe() {
        StringBuilder text =
                new StringBuilder("the filter found ").append(free + unaccepted).append(" free pages");
        counted.ifPresent(count -> text.append(", the kernel counted ")
                .append(count)
                .append(" (give or take ")
                .append(tolerance)
                .append(')'));
        listed.ifPresent(count -> text.append(", its free lists hold ").append(count));
        return text.toString();
    }

    /// Asks the kernel for its numbers; those that cannot be read are left out.
    public static FreePageCheck of(Kernel kernel, long free, long unaccepted) throws IOException {
        int noted = 0;
        for (Note note : kernel.dump().notes()) {
            noted += note.is("CORE", Note.NT_PRSTATUS) ? 1 : 0;
        }
        int cpus = Math.max(noted, kernel.dump().header().cpus().orElse(1));
        return of(kernel.space(), kernel.vmcoreInfo(), Math.max(cpus, 1), free, unaccepted);
    }

    static FreePageCheck of(AddressSpace space, VmcoreInfo info, int cpus, long free, long unaccepted)
            throws IOException {
        List<Long> zones = Zones.populated(space, info, Warnings.NONE);
        long tolerance = (long) LARGEST_THRESHOLD * cpus * zones.size();
        if (zones.isEmpty()) {
            return new FreePageCheck(free, unaccepted, OptionalLong.empty(), OptionalLong.empty(), 0);
        }
        return new FreePageCheck(free, unaccepted, counted(space, info, zones), listed(space, info, zones), tolerance);
    }

    private static OptionalLong counted(AddressSpace space, VmcoreInfo info, List<Long> zones) throws IOException {
        OptionalLong stats = info.offset("zone.vm_stat");
        OptionalLong index = info.number("NR_FREE_PAGES");
        OptionalLong old = info.offset("zone.free_pages");
        if (old.isEmpty() && (stats.isEmpty() || index.isEmpty())) {
            return OptionalLong.empty();
        }
        long at = old.isPresent() ? old.getAsLong() : stats.getAsLong() + index.getAsLong() * space.wordBytes();
        long sum = 0;
        try {
            for (long zone : zones) {
                sum += space.readWord(zone + at);
            }
        } catch (MemoryFault broken) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(sum);
    }

    /// `struct free_area` is a list head for each migrate type, then `nr_free`. A structure of another size is
    /// none that is known.
    private static OptionalLong listed(AddressSpace space, VmcoreInfo info, List<Long> zones) throws IOException {
        OptionalLong areas = info.offset("zone.free_area");
        OptionalLong orders = info.length("zone.free_area");
        OptionalLong types = info.length("free_area.free_list");
        long heads = types.orElse(0) * info.size("list_head").orElse(0);
        long size = info.size("free_area").orElse(-1);
        if (areas.isEmpty()
                || orders.isEmpty()
                || heads == 0
                || size != heads + space.wordBytes()
                || orders.getAsLong() > CompoundLayout.LARGEST_ORDER) {
            return OptionalLong.empty();
        }
        long sum = 0;
        try {
            for (long zone : zones) {
                for (int order = 0; order < orders.getAsLong(); order++) {
                    sum += space.readWord(zone + areas.getAsLong() + order * size + heads) << order;
                }
            }
        } catch (MemoryFault broken) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(sum);
    }
}
