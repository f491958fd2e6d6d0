package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.page.PageMap;
import io.inquest.kernel.symbol.MissingSymbol;
import io.inquest.kernel.type.MissingMember;
import io.inquest.kernel.type.MissingType;
import io.inquest.kernel.zone.CountedUse;
import io.inquest.makedumpfile.message.Messages;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Tells where the kernel's counters of pages differ from what struct pages say.
///
/// Asks the kernel's types, which nothing else of plain filtering needs.
final class CounterLines {

    private final Messages messages;
    private final boolean asked;

    /// Tells only what is wrong, unless the user has asked.
    CounterLines(Messages messages, boolean asked) {
        this.messages = messages;
        this.asked = asked;
    }

    /// A line for each counter, and a warning for each that disagrees; the answer is the number of those.
    int tell(Optional<Kernel> kernel, Optional<PageMap> map) throws IOException {
        if (kernel.isEmpty() || map.isEmpty()) {
            return cannot("struct pages are not looked at");
        }
        try {
            return tell(CountedUse.of(kernel.get(), map.get()));
        } catch (DumpException | MemoryFault | MissingSymbol | MissingType | MissingMember unknown) {
            return cannot(String.valueOf(unknown.getMessage()));
        }
    }

    private int cannot(String reason) {
        if (asked) {
            messages.warn("the kernel's counters are not compared: " + reason);
        }
        return 0;
    }

    int tell(List<CountedUse> uses) {
        StringBuilder lines = new StringBuilder("\n");
        int wrong = 0;
        for (CountedUse use : uses) {
            lines.append(line(use)).append('\n');
            messages.events().counter(use);
            if (!use.agrees()) {
                wrong++;
                messages.warn(line(use) + ": off by " + Math.abs(use.difference()));
            }
        }
        if (asked) {
            messages.common(lines.toString());
        }
        return wrong;
    }

    private static String line(CountedUse use) {
        String found = use.least() == use.most() ? "" + use.least() : use.least() + " to " + use.most();
        return use.name() + " pages: the kernel counted " + use.counted() + ", struct pages show " + found;
    }
}
