package io.inquest.dump.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DiskBacklogTest {

    private static final int MIB = 1 << 20;
    private static final long OWN_NANOS = 5_000_000;
    private static final double NANOS_PER_BYTE = 10;

    private final DiskBacklog disk = new DiskBacklog();
    private long now = 1_000_000_000;

    private void force(long bytes) {
        disk.add(bytes);
        disk.beginForce(now);
        now += OWN_NANOS + (long) (bytes * NANOS_PER_BYTE);
        disk.endForce(now);
    }

    @Test
    void theTimeOfAForceIsToldFromThatOfItsBytes() {
        for (int i = 0; i < 6; i++) {
            force((long) MIB << i);
        }
        assertThat(disk.at(now).nanosPerByte()).isCloseTo(NANOS_PER_BYTE, within(0.1));
    }

    @Test
    void forcesThatAreAllAlikeStillTellASpeed() {
        for (int i = 0; i < 20; i++) {
            force(8 * MIB);
        }
        double slowest = NANOS_PER_BYTE + (double) OWN_NANOS / (8 * MIB);
        assertThat(disk.at(now).nanosPerByte()).isBetween(NANOS_PER_BYTE, slowest);
    }

    @Test
    void aDiskThatDoesNothingIsNotBusyHoweverMuchWaits() {
        force(MIB);
        disk.add(MIB);
        assertThat(disk.at(now).nanos()).isZero();
    }

    @Test
    void onlyWhatIsMoreThanTheNextForceMakesItBusyLonger() {
        for (int i = 0; i < 6; i++) {
            force((long) MIB << i);
        }
        disk.add(64 * MIB);
        disk.beginForce(now);
        long alone = disk.at(now).nanos();
        disk.add(64 * MIB);
        long withOther = disk.at(now).nanos();
        assertThat(alone).isLessThan((long) (64 * MIB * NANOS_PER_BYTE));
        assertThat((double) (withOther - alone)).isCloseTo(64 * MIB * NANOS_PER_BYTE, within(1e7));
    }

    @Test
    void anUnknownDiskGetsWorkAtOnceAndThenTime() {
        assertThat(disk.at(now)).isEqualTo(new Backlog(0, 0));
        disk.add(MIB);
        assertThat(disk.isForceDue()).isTrue();
        disk.beginForce(now);
        assertThat(disk.isForceDue()).isFalse();
        assertThat(disk.at(now).nanos()).isGreaterThan(Long.MAX_VALUE / 4);
    }

    @Test
    void forcesAreAsLargeAsTheirOwnTimeIsWorth() {
        assertThat(leastAfter(OWN_NANOS / 100)).isEqualTo(8 * MIB);
        assertThat(leastAfter(OWN_NANOS)).isBetween(9L * MIB, 11L * MIB);
        assertThat(leastAfter(OWN_NANOS * 100)).isEqualTo(64 * MIB);
    }

    private static long leastAfter(long ownNanos) {
        DiskBacklog disk = new DiskBacklog();
        long now = 0;
        for (int i = 0; i < 12; i++) {
            long bytes = (long) MIB << i % 6;
            disk.add(bytes);
            disk.beginForce(now);
            now += ownNanos + (long) (bytes * NANOS_PER_BYTE);
            disk.endForce(now);
        }
        long bytes = 0;
        while (!disk.isForceDue()) {
            disk.add(MIB / 16);
            bytes += MIB / 16;
        }
        return bytes;
    }
}
