package io.inquest.dump.flattened;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.ByteSourceContract;
import io.inquest.dump.io.MemorySource;
import io.inquest.testkit.FlattenedBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
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

    /// A header that leads to the begin of the dump is passed over when the stream is opened, and not read later
    /// either.
    @Test
    void damagedHeaderThatWasPassedOverGivesNoBytes() throws IOException {
        byte[] stream = new FlattenedBuilder().file(CONTENTS, 1000).build();
        ByteBuffer.wrap(stream).putLong(4096 + 5 * 1016, 0).putLong(4096 + 5 * 1016 + 8, 7);
        try (ByteSource source = FlattenedSource.open(new MemorySource("flat", stream), true)) {
            byte[] bytes = new byte[5000];
            source.readFully(0, ByteBuffer.wrap(bytes));
            assertThat(bytes).isEqualTo(Arrays.copyOf(CONTENTS, 5000));
            assertThat(source.covers(5000, 1000)).isFalse();
            source.readFully(6000, ByteBuffer.wrap(bytes));
            assertThat(bytes).isEqualTo(Arrays.copyOfRange(CONTENTS, 6000, 11_000));
        }
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
