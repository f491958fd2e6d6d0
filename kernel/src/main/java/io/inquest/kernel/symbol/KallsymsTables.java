package io.inquest.kernel.symbol;

import io.inquest.dump.DumpException;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Hex;
import io.inquest.kernel.VmcoreInfo;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/// Where the tables of kallsyms are, as run-time addresses, and how many symbols they have.
///
/// @param names `kallsyms_names`
/// @param tokenTable `kallsyms_token_table`, which the linker lays behind the names
/// @param tokenIndex `kallsyms_token_index`, behind the token table
/// @param offsets `kallsyms_offsets`: 4 bytes for each symbol, in kernels that have it
/// @param relativeBase `kallsyms_relative_base`: what most offsets count from, until 6.19
/// @param addresses `kallsyms_addresses`: a word for each symbol, in kernels without offsets
/// @param foundBy how they were found
record KallsymsTables(
        long names,
        int count,
        long tokenTable,
        long tokenIndex,
        OptionalLong offsets,
        OptionalLong relativeBase,
        OptionalLong addresses,
        String foundBy) {

    /// Debian's kernels have 90,000 to 190,000 symbols, those with everything built in 400,000.
    static final int MAX_SYMBOLS = 1 << 22;

    private static final long MAX_NAMES_BYTES = 64L << 20;

    /// As vmcoreinfo gives them since 6.0 (5fd8fea935a1, f09bddbd8661); empty when it does not.
    static Optional<KallsymsTables> of(VmcoreInfo info, AddressSpace space) throws IOException {
        OptionalLong names = info.symbol("kallsyms_names");
        OptionalLong number = info.symbol("kallsyms_num_syms");
        OptionalLong tokenTable = info.symbol("kallsyms_token_table");
        OptionalLong tokenIndex = info.symbol("kallsyms_token_index");
        if (names.isEmpty() || number.isEmpty() || tokenTable.isEmpty() || tokenIndex.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new KallsymsTables(
                names.getAsLong(),
                space.readInt(number.getAsLong()),
                tokenTable.getAsLong(),
                tokenIndex.getAsLong(),
                info.symbol("kallsyms_offsets"),
                info.symbol("kallsyms_relative_base"),
                info.symbol("kallsyms_addresses"),
                "vmcoreinfo"));
    }

    /// Throws a [DumpException] when the tables cannot be of a size or order that kernels have.
    void check() throws DumpException {
        if (count <= 0 || count > MAX_SYMBOLS) {
            throw new DumpException("kallsyms_num_syms is " + Integer.toUnsignedString(count) + ", expected 1 to "
                    + MAX_SYMBOLS + "; vmcoreinfo and memory may not be of the same kernel");
        }
        if (Long.compareUnsigned(tokenTable - names, MAX_NAMES_BYTES) > 0) {
            throw disorder("kallsyms_token_table", tokenTable, "kallsyms_names", names, MAX_NAMES_BYTES);
        }
        if (Long.compareUnsigned(tokenIndex - tokenTable, TokenTable.MAX_BYTES) > 0) {
            throw disorder(
                    "kallsyms_token_index", tokenIndex, "kallsyms_token_table", tokenTable, TokenTable.MAX_BYTES);
        }
    }

    private static DumpException disorder(String name, long address, String before, long start, long most) {
        return new DumpException(name + " is at " + Hex.of(address) + ", expected within " + most + " bytes after "
                + before + " at " + Hex.of(start) + "; vmcoreinfo may be damaged");
    }

    /// Bytes from the first name to the token table: with the markers behind the names, until 6.3 with more.
    int namesBytes() {
        return (int) (tokenTable - names);
    }

    int tokenTableBytes() {
        return (int) (tokenIndex - tokenTable);
    }
}
