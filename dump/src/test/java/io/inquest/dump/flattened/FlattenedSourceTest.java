package io.inquest.dump.flattened;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.ByteSourceContract;
import io.inquest.dump.io.MemorySource;
import io.inquest.testkit.FlattenedBuilder;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

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

    @Test
    void whatNoRecordCoversIsAHole() throws IOException {
        byte[] stream = new FlattenedBuilder()
                .record(300, new byte[10])
                .record(100, new byte[1])
                .record(310, new byte[10])
                .record(1L << 60, new byte[0])
                .build();
        try (ByteSource source = FlattenedSource.open(new MemorySource("flat", stream))) {
            assertThat(source.size()).isEqualTo(320);
            assertThat(source.nextData(0)).isEqualTo(100);
            assertThat(source.nextHole(0)).isZero();
            assertThat(source.nextHole(100)).isEqualTo(101);
            assertThat(source.nextData(101)).isEqualTo(300);
            assertThat(source.nextHole(305)).isEqualTo(320);
            assertThat(source.nextData(320)).isEqualTo(320);
            assertThat(source.covers(300, 20)).isTrue();
            assertThat(source.covers(299, 2)).isFalse();
            assertThat(source.covers(101, 0)).isTrue();
        }
    }
}
