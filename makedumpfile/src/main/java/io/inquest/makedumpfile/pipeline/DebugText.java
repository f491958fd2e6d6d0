package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.PhysicalSegment;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.page.PageMap;
import io.inquest.makedumpfile.message.MessageKind;
import io.inquest.makedumpfile.message.Messages;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What `-D` tells of the input and its kernel, in the shape that makedumpfile(8) gives it.
final class DebugText {

    private static final int INDEX_WIDTH = 4;

    private final Messages messages;

    DebugText(Messages messages) {
        this.messages = messages;
    }

    /// The input's segments, and what its kernel says of itself.
    void tellInput(DumpInput input, Optional<Kernel> kernel) {
        if (!messages.shows(MessageKind.DEBUG)) {
            return;
        }
        StringBuilder text = new StringBuilder(1 << 12);
        segments(text, input.dump().memory().segments());
        text.append("Linux kdump\n");
        input.dump().vmcoreinfo().ifPresent(info -> vmcoreinfo(text, info));
        text.append("page_size    : ")
                .append(input.dump().machine().pageBytes())
                .append("\n\n");
        OptionalLong physBase =
                kernel.isPresent() ? kernel.get().vmcoreInfo().number("phys_base") : OptionalLong.empty();
        physBase.ifPresent(base ->
                text.append("phys_base    : ").append(Long.toHexString(base)).append(" (vmcoreinfo)\n\n"));
        text.append("max_mapnr    : ")
                .append(Long.toHexString(input.dump().memory().endPfn()))
                .append("\n\n");
        messages.debug(text.toString());
    }

    private static void segments(StringBuilder text, List<PhysicalSegment> segments) {
        if (segments.isEmpty()) {
            return;
        }
        text.append("               phys_start         phys_end       virt_start         virt_end\n");
        int index = 0;
        for (PhysicalSegment segment : segments) {
            text.append("LOAD[").append(index < 10 ? " " : "").append(index).append(']');
            range(text, segment.physicalAddress(), segment.memoryBytes());
            range(text, segment.virtualAddress(), segment.memoryBytes());
            text.append('\n');
            index++;
        }
    }

    private static void range(StringBuilder text, long start, long bytes) {
        HexColumn.append(text.append(' '), start);
        HexColumn.append(text.append(' '), start + bytes);
    }

    private static void vmcoreinfo(StringBuilder text, String info) {
        text.append("VMCOREINFO   :\n");
        info.lines().forEach(line -> text.append("  ").append(line).append('\n'));
    }

    /// How much memory a bitmap takes.
    void tellWindows(FrameWindows windows) {
        messages.debug("Buffer size for the cyclic mode: " + windows.classes().length / Byte.SIZE + "\n");
    }

    /// Where the struct pages are.
    void tellStructPages(PageMap map, long endPfn) throws IOException {
        if (!messages.shows(MessageKind.DEBUG)) {
            return;
        }
        StringBuilder text =
                new StringBuilder("Memory type  : ").append(nameOf(map)).append("\n\n");
        text.append("                       mem_map        pfn_start          pfn_end\n");
        int[] index = {0};
        map.visitStructPages(endPfn, (startPfn, stopPfn, address) -> {
            String number = Integer.toString(index[0]++);
            text.append("mem_map[")
                    .repeat(' ', Math.max(INDEX_WIDTH - number.length(), 0))
                    .append(number)
                    .append("] ");
            HexColumn.append(text, address);
            HexColumn.append(text.append(' '), startPfn);
            HexColumn.append(text.append(' '), stopPfn).append('\n');
        });
        messages.debug(text.toString());
    }

    private static String nameOf(PageMap map) {
        return switch (map.model()) {
            case FLATMEM -> "FLATMEM";
            case DISCONTIGMEM -> "DISCONTIGMEM";
            case SPARSEMEM -> "SPARSEMEM";
            case SPARSEMEM_EXTREME -> "SPARSEMEM_EX";
        };
    }
}
