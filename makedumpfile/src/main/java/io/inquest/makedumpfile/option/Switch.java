package io.inquest.makedumpfile.option;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The options of makedumpfile(8), long ones in the order in which it lists them, then those that only we have.
enum Switch {
    SPLIT('\0', "split", false),
    REASSEMBLE('\0', "reassemble", false),
    XEN_SYMS('\0', "xen-syms", true),
    XEN_VMCOREINFO('\0', "xen-vmcoreinfo", true),
    XEN_PHYS_START('\0', "xen_phys_start", true),
    MESSAGE_LEVEL('\0', "message-level", true),
    VTOP('\0', "vtop", true),
    DUMP_DMESG('\0', "dump-dmesg", false),
    PARTIAL_DMESG('\0', "partial-dmesg", false),
    CONFIG('\0', "config", true),
    HELP('h', "help", false),
    DISKSET('\0', "diskset", true),
    CYCLIC_BUFFER('\0', "cyclic-buffer", true),
    EPPIC('\0', "eppic", true),
    EXTENSION('\0', "extension", true),
    NON_MMAP('\0', "non-mmap", false),
    MEM_USAGE('\0', "mem-usage", false),
    SPLITBLOCK_SIZE('\0', "splitblock-size", true),
    WORK_DIR('\0', "work-dir", true),
    NUM_THREADS('\0', "num-threads", true),
    CHECK_PARAMS('\0', "check-params", false),
    DRY_RUN('\0', "dry-run", false),
    SHOW_STATS('\0', "show-stats", false),
    CACHE_ORDER('b', "", true),
    ZLIB('c', "", false),
    DEBUG('D', "", false),
    DUMP_LEVEL('d', "", true),
    EXCLUDE_VMEMMAP('e', "", false),
    ELF('E', "", false),
    FLATTENED('F', "", false),
    FORCE('f', "", false),
    GENERATE('g', "", true),
    VMCOREINFO('i', "", true),
    LZO('l', "", false),
    LIMIT('L', "", true),
    SNAPPY('p', "", false),
    REARRANGE('R', "", false),
    VERSION('v', "", false),
    EXCLUDE_XEN_USER('X', "", false),
    VMLINUX('x', "", true),
    ZSTD('z', "", false),
    // Ours. They cannot be abbreviated: a prefix that scripts use must not become ambiguous.
    JSON('\0', "json", false),
    PLAIN('\0', "plain", false),
    STRICT_CHECK('\0', "strict-check", false),
    NO_CHECK('\0', "no-check", false),
    CHECK_COUNTERS('\0', "check-counters", false),
    KEEP_REFERENCED('\0', "keep-referenced", false),
    KEEP_TASK('\0', "keep-task", true),
    SKIP_BAD_RULES('\0', "skip-bad-rules", false),
    DEFLATE_LEVEL('\0', "deflate-level", true),
    ZSTD_LEVEL('\0', "zstd-level", true),
    ESTIMATE('\0', "estimate", false),
    DEDUP('\0', "dedup", false),
    LOW_MEMORY('\0', "low-memory", false),
    MEMORY_PLAN('\0', "memory-plan", false),
    ADAPTIVE('\0', "adaptive", false);

    private static final Set<Switch> OURS = EnumSet.range(JSON, ADAPTIVE);

    private final char shortName;
    private final String longName;
    private final boolean takesArgument;

    Switch(char shortName, String longName, boolean takesArgument) {
        this.shortName = shortName;
        this.longName = longName;
        this.takesArgument = takesArgument;
    }

    /// How a person writes it: `-d` or `--split`.
    String written() {
        return shortName != 0 ? "-" + shortName : "--" + longName;
    }

    /// All of them, for [Getopt].
    static List<Getopt.Syntax<Switch>> syntax() {
        List<Getopt.Syntax<Switch>> syntax = new ArrayList<>();
        for (Switch option : values()) {
            boolean abbreviable = !OURS.contains(option);
            syntax.add(
                    new Getopt.Syntax<>(option, option.shortName, option.longName, option.takesArgument, abbreviable));
        }
        return syntax;
    }
}
