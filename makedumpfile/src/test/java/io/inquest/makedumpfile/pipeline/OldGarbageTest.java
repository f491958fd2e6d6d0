package io.inquest.makedumpfile.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

class OldGarbageTest {

    @Test
    void whatNobodyUsesIsGoneAfterSomeWindows() {
        OldGarbage garbage = new OldGarbage();
        for (int round = 0; round < 3; round++) {
            // More than is worth a collection, and too large for a young generation.
            WeakReference<byte[]> unused = new WeakReference<>(new byte[64 << 20]);
            for (int window = 0; window < 16; window++) {
                garbage.window();
            }
            assertThat(unused.refersTo(null)).isTrue();
        }
    }
}
