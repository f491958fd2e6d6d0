package io.inquest.kernel.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.testkit.KernelEra;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Four pages of 64 struct pages each, of 256 frames.
final class StructPageFramesTest {

    private static final int FRAMES = 256;
    private static final int FIRST = 0x10;

    private final SyntheticKernel kernel = SyntheticKernel.of(KernelEra.v6_12(), FRAMES);

    /// The class of the frames from 0x10 on when only one frame is in the dump, and the pages lie in these frames.
    private List<PageClass> classes(long held, long... places) throws IOException {
        PageMap map = kernel.open();
        for (int i = 0; i < places.length; i++) {
            kernel.space.lies(kernel.memMap() + i * 4096L, places[i]);
        }
        StructPageFrames found = StructPageFrames.notDescribing(
                (start, end) -> start <= held && held < end, kernel.space, 4096, map, FRAMES, kernel.warnings::add);
        byte[] codes = new byte[6];
        codes[5] = (byte) PageClass.FREE.code();
        found.mark(FIRST, codes.length, codes);
        List<PageClass> classes = new ArrayList<>();
        for (byte code : codes) {
            classes.add(PageClass.of(code));
        }
        return classes;
    }

    @Test
    void structPagesOfAFrameThatIsHeldStay() throws IOException {
        assertThat(classes(70, 0x10, 0x11, 0x12, 0x13))
                .containsExactly(
                        PageClass.VMEMMAP,
                        PageClass.KEPT,
                        PageClass.VMEMMAP,
                        PageClass.VMEMMAP,
                        PageClass.KEPT,
                        PageClass.FREE);
        assertThat(kernel.warnings).isEmpty();
    }

    /// As the kernel has it for the struct pages of huge pages.
    @Test
    void aFrameInTwoPlacesStaysIfOneOfThemIsNeeded() throws IOException {
        assertThat(classes(70, 0x10, 0x11, 0x12, 0x11))
                .containsExactly(
                        PageClass.VMEMMAP,
                        PageClass.KEPT,
                        PageClass.VMEMMAP,
                        PageClass.KEPT,
                        PageClass.KEPT,
                        PageClass.FREE);
    }

    @Test
    void aFrameThatIsLeftOutForAnotherReasonKeepsItsClass() throws IOException {
        assertThat(classes(70, 0x15, 0x11, 0x12, 0x13)).endsWith(PageClass.FREE);
    }
}
