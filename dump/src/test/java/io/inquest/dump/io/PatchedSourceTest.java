package io.inquest.dump.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.flattened.FlattenedSource;
import io.inquest.testkit.FlattenedBuilder;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class PatchedSourceTest extends ByteSourceContract {

    /// The contents, two places of which were wrong.
    @Override
    protected ByteSource open() {
        byte[] wrong = CONTENTS.clone();
        Arrays.fill(wrong, 10, 5000, (byte) 1);
        Arrays.fill(wrong, 99_990, 100_000, (byte) 1);
        PatchedSource patched = new PatchedSource(new MemorySource("patched", wrong));
        patched.patch(10, Arrays.copyOfRange(CONTENTS, 10, 5000));
        patched.patch(99_990, Arrays.copyOfRange(CONTENTS, 99_990, 100_000));
        return patched;
    }

    @Test
    void patchesInHolesAreData() throws IOException {
        byte[] stream = new FlattenedBuilder()
                .record(0, new byte[10])
                .record(90, new byte[10])
                .build();
        PatchedSource patched = new PatchedSource(FlattenedSource.open(new MemorySource("flat", stream)));
        patched.patch(5, new byte[10]);
        patched.patch(15, new byte[5]);
        patched.patch(50, new byte[10]);
        assertThat(patched.nextHole(0)).isEqualTo(20);
        assertThat(patched.nextHole(12)).isEqualTo(20);
        assertThat(patched.nextData(12)).isEqualTo(12);
        assertThat(patched.nextData(20)).isEqualTo(50);
        assertThat(patched.nextHole(50)).isEqualTo(60);
        assertThat(patched.nextData(60)).isEqualTo(90);
        assertThat(patched.nextHole(95)).isEqualTo(100);
    }
}
