package io.inquest.makedumpfile.pipeline;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.WalkStep;
import io.inquest.makedumpfile.message.Messages;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/// `--vtop`: shows where a virtual address of the kernel lives, and the page table entries that say so.
final class Translation {

    private Translation() {}

    static void show(Optional<Kernel> kernel, OptionalLong address, Messages messages) throws IOException {
        if (address.isEmpty()) {
            return;
        }
        if (kernel.isEmpty()) {
            messages.error("makedumpfile: --vtop: nothing is known of the kernel's page tables\n");
            return;
        }
        long virtual = address.getAsLong();
        Mapping mapping = kernel.get().pageTables().translate(virtual, 1);
        StringBuilder text = new StringBuilder("\nTranslating virtual address ")
                .append(Long.toHexString(virtual))
                .append(" to physical address.\n");
        for (WalkStep step : mapping.steps()) {
            text.append("  ").append(step.level()).append(" : ");
            HexColumn.append(text, step.entryAddress()).append(" => ");
            HexColumn.append(text, step.entry()).append('\n');
        }
        text.append("VIRTUAL           PHYSICAL\n");
        HexColumn.append(text, virtual).append("  ");
        text.append(mapping instanceof Mapping.Mapped mapped ? Long.toHexString(mapped.to()) : "not mapped");
        messages.common(text.append("\n\n").toString());
    }
}
