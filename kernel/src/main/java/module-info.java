/// A dead Linux kernel: its addresses, symbols, pages and log, found in a dump. Knows no files and prints nothing.
module io.inquest.kernel {
    requires transitive io.inquest.dump;
    requires static org.jspecify;

    exports io.inquest.kernel.arch;
    exports io.inquest.kernel.dwarf;
    exports io.inquest.kernel.elf;
    exports io.inquest.kernel.file;
    exports io.inquest.kernel.log;
    exports io.inquest.kernel.module;
    exports io.inquest.kernel.object;
    exports io.inquest.kernel.page;
    exports io.inquest.kernel.slab;
    exports io.inquest.kernel.stack.orc;
    exports io.inquest.kernel.stack;
    exports io.inquest.kernel.symbol;
    exports io.inquest.kernel.system;
    exports io.inquest.kernel.task;
    exports io.inquest.kernel.type.btf;
    exports io.inquest.kernel.type;
    exports io.inquest.kernel.vm;
    exports io.inquest.kernel.zone;
    exports io.inquest.kernel;
}
