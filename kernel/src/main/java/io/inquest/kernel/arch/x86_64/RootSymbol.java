package io.inquest.kernel.arch.x86_64;

import io.inquest.dump.DumpException;
import io.inquest.kernel.VmcoreInfo;
import java.util.OptionalLong;

/// The kernel's root table as a symbol.
record RootSymbol(String name, long address) {

    /// `init_level4_pgt` became `init_top_pgt` in 4.13 (65ade2f872b4); `swapper_pg_dir` is another name of both.
    static final String[] NAMES = {"init_top_pgt", "init_level4_pgt", "swapper_pg_dir"};

    static RootSymbol find(VmcoreInfo info) throws DumpException {
        for (String name : NAMES) {
            OptionalLong address = info.symbol(name);
            if (address.isPresent()) {
                return new RootSymbol(name, address.getAsLong());
            }
        }
        throw new DumpException("vmcoreinfo names no root page table: it has none of SYMBOL(init_top_pgt),"
                + " SYMBOL(init_level4_pgt) and SYMBOL(swapper_pg_dir); give a vmcoreinfo file that does");
    }
}
