package io.inquest.crash.command.memory;

import io.inquest.crash.command.Command;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `pte`: what an entry of a page table says.
public final class PteCommand implements Command {

    private static final Declaration DECLARATION = Declaration.of("pte", "explain an entry of a page table")
            .takes("entry", 1, Declaration.ANY_NUMBER)
            .details("Entries are hexadecimal.")
            .example("pte d8e067", "the page, and what may be done with it");

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        List<EntryRow> entries = new ArrayList<>();
        for (String word : invocation.words()) {
            long entry = invocation.address(word);
            entries.add(new EntryRow(entry, invocation.kernel().architecture().pageEntry(entry)));
        }
        return Result.rows("entries", RowSource.of(entries), EntryRow.LAYOUT);
    }
}
