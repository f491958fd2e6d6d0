package io.inquest.dump.flattened;

import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.ByteSourceContract;
import io.inquest.dump.io.MemorySource;
import io.inquest.testkit.FlattenedBuilder;
import java.io.IOException;
import java.util.Arrays;

final class FlattenedSourceTest extends ByteSourceContract {

    /// Records in an arbitrary order, with junk that later records cover.
    @Override
    protected ByteSource open() throws IOException {
        byte[] stream = new FlattenedBuilder()
                .record(5000, new byte[9000])
                .file(CONTENTS, 700)
                .shuffle(3)
                .record(20_000, new byte[30_000])
                .record(20_000, Arrays.copyOfRange(CONTENTS, 20_000, 50_000))
                .record(5000, Arrays.copyOfRange(CONTENTS, 5000, 14_000))
                .build();
        return FlattenedSource.open(new MemorySource("flat", stream));
    }
}
