package io.inquest.dump.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WriteBehindSinkTest {

    private static final int MIB = 1 << 20;

    /// A sink that forces as the test has it.
    private static final class Disk extends DelegatingSink {

        private final CountDownLatch forces = new CountDownLatch(1);
        private final CountDownLatch mayEnd = new CountDownLatch(1);
        private final boolean broken;
        private int ended;

        Disk(boolean broken) {
            super(new MemorySink());
            this.broken = broken;
        }

        @Override
        public void force() throws IOException {
            forces.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException interrupted) {
                throw new IOException(interrupted);
            }
            if (broken && ended++ == 0) {
                throw new IOException("disk: Input/output error");
            }
            ended++;
        }
    }

    @Test
    void anErrorOfItsThreadEndsTheWaitForIt() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        ByteSink disk = new DelegatingSink(new MemorySink()) {
            @Override
            public void force() {
                begun.countDown();
                throw new OutOfMemoryError("no memory to force");
            }
        };
        WriteBehindSink sink = new WriteBehindSink(disk);
        sink.write(0, ByteBuffer.allocate(MIB));
        begun.await();
        assertThatThrownBy(sink::force).hasRootCauseMessage("no memory to force");
    }

    @Test
    void theDiskWorksWhileTheWriterGoesOn() throws Exception {
        Disk disk = new Disk(false);
        try (WriteBehindSink sink = new WriteBehindSink(disk)) {
            sink.write(0, ByteBuffer.allocate(MIB));
            disk.forces.await();
            sink.write(MIB, ByteBuffer.allocate(MIB));
            assertThat(sink.backlog().orElseThrow().nanos())
                    .as("as long as nothing is known of the disk there is time for all")
                    .isGreaterThan(Long.MAX_VALUE / 4);
            disk.mayEnd.countDown();
            sink.force();
            assertThat(sink.backlog().orElseThrow().nanosPerByte()).isPositive();
            assertThat(sink.backlog().orElseThrow().nanos()).isZero();
            assertThat(sink.writtenBytes()).isEqualTo(2 * MIB);
        }
    }

    @Test
    void whatTheThreadWasToldIsToldToTheWriter() throws Exception {
        Disk disk = new Disk(true);
        try (WriteBehindSink sink = new WriteBehindSink(disk)) {
            sink.write(0, ByteBuffer.allocate(MIB));
            disk.forces.await();
            disk.mayEnd.countDown();

            assertThatThrownBy(sink::force).hasMessage("disk: Input/output error");
            assertThatThrownBy(() -> sink.write(MIB, ByteBuffer.allocate(1))).hasMessage("disk: Input/output error");
        }
    }

    @Test
    void littleIsForcedInTheEndOnly() throws Exception {
        Disk disk = new Disk(false);
        disk.mayEnd.countDown();
        try (WriteBehindSink sink = new WriteBehindSink(disk)) {
            sink.write(0, ByteBuffer.allocate(MIB - 1));
            sink.force();
        }
        assertThat(disk.ended).isEqualTo(1);
    }
}
