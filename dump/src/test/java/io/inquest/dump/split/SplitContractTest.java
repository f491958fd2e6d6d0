package io.inquest.dump.split;

import io.inquest.dump.Dump;
import io.inquest.dump.DumpContract;
import io.inquest.dump.PageState;
import java.io.IOException;

/// A set of which the part with frames 16 to 31 is missing.
final class SplitContractTest extends DumpContract {

    @Override
    protected Dump open() throws IOException {
        return SplitSetTest.open(SplitSetTest.part(32, 64), SplitSetTest.part(0, 16));
    }

    @Override
    protected PageState expected(int pfn) {
        return pfn == 17 || pfn == 30 ? PageState.LOST : SplitSetTest.expected(pfn);
    }
}
