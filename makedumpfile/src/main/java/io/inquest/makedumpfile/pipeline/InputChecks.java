package io.inquest.makedumpfile.pipeline;

import io.inquest.makedumpfile.message.Messages;
import io.inquest.makedumpfile.option.Options;
import java.util.List;

/// What is refused once the input is known.
final class InputChecks {

    private static final int NEEDS_KERNEL = 2;

    private InputChecks() {}

    static void check(DumpInput input, Options options) throws CommandFailure {
        boolean kdump = input.dump().header().format().contains("kdump");
        if (options.output().format() == Options.Format.ELF && kdump) {
            throw new CommandFailure(
                    "'-E' option is disabled, because " + input.path() + " is kdump compressed format.");
        }
        if (input.dump().header().part().isPresent()) {
            throw new CommandFailure("makedumpfile: " + input.path()
                    + " is one part of a split dump; make one file of all parts first (--reassemble)");
        }
        long pageBytes = input.dump().machine().pageBytes();
        if (options.output().splitBlockBytes() % pageBytes != 0) {
            throw new CommandFailure("check_splitblock_size: The splitblock size must be align to page_size.");
        }
    }

    /// The levels to try: a dump that was filtered before cannot have less left out.
    static int[] levels(DumpInput input, Options options, boolean kernelKnown, Messages messages)
            throws CommandFailure {
        int before = input.dump().header().dumpLevel().orElse(0);
        List<Integer> given = options.filter().levels().levels();
        int[] levels = new int[given.size()];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = given.get(i) | before;
        }
        if (options.filter().levels().max() >= NEEDS_KERNEL && !kernelKnown) {
            throw MissingVmcoreinfo.of(input.path());
        }
        if (levels[0] != given.get(0)) {
            messages.common("dump_level is changed to " + levels[0] + ", because " + input.path()
                    + " was created by dump_level(" + before + ").\n");
        }
        return levels;
    }
}
