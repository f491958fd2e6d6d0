package io.inquest.dump.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.testkit.PagePattern;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What every [ByteSource] promises, tried on one that holds [#CONTENTS].
public abstract class ByteSourceContract {

    protected static final byte[] CONTENTS = PagePattern.of(7, 100_000);

    protected ByteSourceContract() {}

    /// A source of [#CONTENTS].
    protected abstract ByteSource open() throws IOException;

    @Test
    void sizeIsThatOfTheContents() throws IOException {
        try (ByteSource source = open()) {
            assertThat(source.size()).isEqualTo(CONTENTS.length);
        }
    }

    @Test
    void messagesCanNameIt() throws IOException {
        try (ByteSource source = open()) {
            assertThat(source.name()).isNotEmpty();
        }
    }

    @Test
    void anyRangeCanBeRead() throws IOException {
        Random random = new Random(1);
        try (ByteSource source = open()) {
            for (int i = 0; i < 200; i++) {
                int from = random.nextInt(CONTENTS.length);
                int length = random.nextInt(Math.min(5000, CONTENTS.length - from) + 1);
                ByteBuffer target =
                        i % 2 == 0 ? ByteBuffer.allocate(length + 9) : ByteBuffer.allocateDirect(length + 9);
                target.position(4).limit(4 + length);
                source.readFully(from, target);
                byte[] read = new byte[length];
                target.get(4, read);
                assertThat(read).isEqualTo(Arrays.copyOfRange(CONTENTS, from, from + length));
                assertThat(target.limit(length + 9).get(4 + length)).isZero();
            }
        }
    }

    @Test
    void readingAtTheEndTellsSo() throws IOException {
        try (ByteSource source = open()) {
            assertThat(source.read(CONTENTS.length, ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThat(source.read(Long.MAX_VALUE, ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @Test
    void readingAcrossTheEndIsShort() throws IOException {
        try (ByteSource source = open()) {
            ByteBuffer target = ByteBuffer.allocate(10);
            assertThat(source.read(CONTENTS.length - 3, target))
                    .isEqualTo(target.position())
                    .isBetween(1, 3);
        }
    }

    @Test
    void allOfItIsData() throws IOException {
        try (ByteSource source = open()) {
            assertThat(source.nextData(7)).isEqualTo(7);
            assertThat(source.nextHole(7)).isEqualTo(CONTENTS.length);
            assertThat(source.nextData(CONTENTS.length + 1L)).isEqualTo(CONTENTS.length);
            assertThat(source.nextHole(CONTENTS.length + 1L)).isEqualTo(CONTENTS.length);
            assertThat(source.covers(0, CONTENTS.length)).isTrue();
            assertThat(source.covers(CONTENTS.length, 0)).isTrue();
            assertThat(source.covers(1, CONTENTS.length)).isFalse();
            assertThat(source.covers(-1, 2)).isFalse();
            assertThat(source.covers(Long.MAX_VALUE, 2)).isFalse();
            assertThat(source.covers(2, Long.MAX_VALUE)).isFalse();
        }
    }

    @Test
    void fillingAcrossTheEndNamesTheSourceAndTheByte() throws IOException {
        try (ByteSource source = open()) {
            assertThatThrownBy(() -> source.readFully(CONTENTS.length - 3, ByteBuffer.allocate(10)))
                    .isInstanceOf(EOFException.class)
                    .hasMessage(source.name() + ": ends at byte 100000, but byte 100006 is needed");
        }
    }
}
