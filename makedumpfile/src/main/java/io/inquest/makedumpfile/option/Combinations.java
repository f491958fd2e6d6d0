package io.inquest.makedumpfile.option;

import io.inquest.dump.codec.Compression;
import java.util.List;
import java.util.Optional;

/// Which options go together, as makedumpfile(8) has it.
final class Combinations {

    /// Refused with the general two lines only.
    private static final Optional<String> NO_REASON = Optional.of("");

    private static final Optional<String> FINE = Optional.empty();

    private final Settings given;
    private final List<String> words;
    private final int operands;

    Combinations(Settings given, List<String> operands) {
        this.given = given;
        this.words = operands;
        this.operands = operands.size();
    }

    /// What does not go together: a line for the user, an empty one where makedumpfile gives no reason, or nothing.
    Optional<String> mistake() {
        if (given.has(Switch.GENERATE)) {
            return generating();
        }
        if (given.has(Switch.REARRANGE)) {
            return operands == 1 && !filters() && !given.has(Switch.FLATTENED) ? FINE : NO_REASON;
        }
        if (given.has(Switch.REASSEMBLE)) {
            return reassembling();
        }
        if (given.has(Switch.MEMORY_PLAN)) {
            return planning();
        }
        return given.has(Switch.ESTIMATE) ? estimating() : creating();
    }

    private Optional<String> planning() {
        if (operands > 1) {
            return NO_REASON;
        }
        return operands == 1 && SizeOperand.bytes(words.getFirst()).isEmpty()
                ? Optional.of("Size(" + words.getFirst() + ") is invalid.")
                : level();
    }

    private Optional<String> estimating() {
        if (given.has(Switch.ELF)) {
            return Optional.of("--estimate cannot be used with -E.");
        }
        if (given.has(Switch.ADAPTIVE)) {
            return Optional.of("--estimate cannot be used with --adaptive.");
        }
        boolean writes = given.has(Switch.SPLIT)
                || given.has(Switch.FLATTENED)
                || given.has(Switch.DUMP_DMESG)
                || given.has(Switch.MEM_USAGE)
                || given.has(Switch.CONFIG);
        return operands != 1 || writes || contradictory() ? NO_REASON : level();
    }

    /// What is packed depends on the target, so there has to be one, and something to pack with.
    private Optional<String> adapting() {
        if (!given.has(Switch.ADAPTIVE)) {
            return FINE;
        }
        if (given.has(Switch.ELF)) {
            return Optional.of("--adaptive cannot be used with -E.");
        }
        if (given.has(Switch.DRY_RUN)) {
            return Optional.of("--adaptive cannot be used with --dry-run: what it packs depends on the disk.");
        }
        return compressed() ? FINE : Optional.of("--adaptive needs -c, -l, -p or -z.");
    }

    /// A level of a compression goes with that compression.
    private Optional<String> level() {
        if (given.has(Switch.DEFLATE_LEVEL) && given.compression() != Compression.ZLIB) {
            return Optional.of("--deflate-level needs -c.");
        }
        if (given.has(Switch.ZSTD_LEVEL) && given.compression() != Compression.ZSTD) {
            return Optional.of("--zstd-level needs -z.");
        }
        return FINE;
    }

    private Optional<String> generating() {
        boolean source = given.has(Switch.VMLINUX) || given.has(Switch.XEN_SYMS);
        boolean mixed = compressed()
                || given.levels().first() != DumpLevels.NOTHING
                || given.has(Switch.ELF)
                || readsVmcoreinfo()
                || given.has(Switch.FLATTENED)
                || given.has(Switch.REARRANGE)
                || given.has(Switch.EXCLUDE_XEN_USER);
        // A dump in place of a vmlinux is ours: it has symbols and types itself.
        boolean named = source ? operands == 0 : operands == 1;
        if (mixed || !named) {
            return NO_REASON;
        }
        return given.has(Switch.DRY_RUN) ? Optional.of("--dry-run cannot be used with -g.") : FINE;
    }

    private Optional<String> reassembling() {
        if (filters() || given.has(Switch.FLATTENED) || given.has(Switch.SPLIT)) {
            return NO_REASON;
        }
        if (given.has(Switch.DRY_RUN)) {
            return Optional.of("--dry-run cannot be used with --reassemble.");
        }
        return operands >= 2 ? FINE : Optional.of("--reassemble needs at least one part and the file to make of it.");
    }

    /// Any option that shapes a new dump.
    private boolean filters() {
        return compressed()
                || given.levels().first() != DumpLevels.NOTHING
                || given.has(Switch.ELF)
                || readsVmcoreinfo()
                || given.has(Switch.VMLINUX)
                || given.has(Switch.XEN_SYMS)
                || given.has(Switch.EXCLUDE_XEN_USER);
    }

    private boolean compressed() {
        return given.compression() != Compression.NONE;
    }

    private boolean readsVmcoreinfo() {
        return given.has(Switch.VMCOREINFO) || given.has(Switch.XEN_VMCOREINFO);
    }

    private Optional<String> creating() {
        if (contradictory()) {
            return NO_REASON;
        }
        if (given.has(Switch.DEDUP) && given.has(Switch.ELF)) {
            return Optional.of("--dedup cannot be used with -E.");
        }
        if (level().isPresent()) {
            return level();
        }
        if (adapting().isPresent()) {
            return adapting();
        }
        if (given.has(Switch.DRY_RUN) && given.has(Switch.DUMP_DMESG)) {
            return Optional.of("--dry-run cannot be used with --dump-dmesg.");
        }
        if (!rightNumberOfOperands()) {
            return NO_REASON;
        }
        if (given.has(Switch.SPLIT) && given.has(Switch.ELF)) {
            return Optional.of("Options for splitting dumpfile cannot be used with Elf format.");
        }
        return threads();
    }

    private boolean contradictory() {
        return (given.has(Switch.ELF) && compressed())
                || (given.has(Switch.VMLINUX) && readsVmcoreinfo())
                || (given.has(Switch.XEN_SYMS) && readsVmcoreinfo())
                || (given.has(Switch.FLATTENED) && given.has(Switch.SPLIT))
                || (given.has(Switch.PARTIAL_DMESG) && !given.has(Switch.DUMP_DMESG));
    }

    private boolean rightNumberOfOperands() {
        int inputs = given.has(Switch.DISKSET) ? 0 : 1;
        if (given.has(Switch.SPLIT)) {
            return operands >= inputs + 2;
        }
        if (given.has(Switch.FLATTENED)) {
            return operands == inputs;
        }
        return operands == inputs + 1 || (given.has(Switch.MEM_USAGE) && operands == 1);
    }

    private Optional<String> threads() {
        if (given.threads().orElse(0) == 0) {
            return FINE;
        }
        if (given.has(Switch.SPLIT)) {
            return Optional.of("--num-threads cannot used with --split.");
        }
        return given.has(Switch.ELF) ? Optional.of("--num-threads cannot used with ELF format.") : FINE;
    }
}
