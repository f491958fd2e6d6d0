package io.inquest.crash.command.number;

import io.inquest.crash.command.Command;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import java.util.ArrayList;
import java.util.List;

/// `btop`: the page frame of a physical address.
public final class BtopCommand implements Command {

    private static final Declaration DECLARATION = Declaration.of("btop", "physical address to page frame number")
            .takes("address", 1, Declaration.ANY_NUMBER)
            .details("Physical addresses are hexadecimal.")
            .example("btop 512a000", "512a000: 512a");

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) {
        List<PageFrame> frames = new ArrayList<>();
        int shift = PageFrame.shift(invocation.kernel());
        for (String word : invocation.words()) {
            long address = invocation.address(word);
            frames.add(new PageFrame(address >>> shift, address));
        }
        return Result.rows("frames", RowSource.of(frames), PageFrame.BY_ADDRESS);
    }
}
