package io.inquest.crash.command.number;

import io.inquest.crash.command.Command;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import java.util.ArrayList;
import java.util.List;

/// `ptob`: the physical address of a page frame.
public final class PtobCommand implements Command {

    private static final Declaration DECLARATION = Declaration.of("ptob", "page frame number to physical address")
            .takes("pfn", 1, Declaration.ANY_NUMBER)
            .details("Page frame numbers are decimal, unless 0x or a letter shows that they are hexadecimal.")
            .example("ptob 512a", "512a: 512a000");

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) {
        List<PageFrame> frames = new ArrayList<>();
        int shift = PageFrame.shift(invocation.kernel());
        for (String word : invocation.words()) {
            long pfn = invocation.number(word);
            frames.add(new PageFrame(pfn, pfn << shift));
        }
        return Result.rows("frames", RowSource.of(frames), PageFrame.BY_NUMBER);
    }
}
