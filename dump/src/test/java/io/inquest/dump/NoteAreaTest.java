package io.inquest.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NoteAreaTest {

    private static final Note PRSTATUS = new Note("CORE", 1, ByteBuffer.wrap(new byte[] {9, 8, 7, 6, 5}));
    private static final Note VMCOREINFO = new Note("VMCOREINFO", 0, text("OSRELEASE=x\n"));

    @Test
    void namesAndDescriptionsAreFilledUpToFourBytes() {
        ByteBuffer bytes = NoteArea.of(List.of(PRSTATUS), ByteOrder.BIG_ENDIAN).bytes();
        byte[] all = new byte[bytes.remaining()];
        bytes.get(all);
        assertThat(all)
                .containsExactly(
                        0, 0, 0, 5, 0, 0, 0, 5, 0, 0, 0, 1, 'C', 'O', 'R', 'E', 0, 0, 0, 0, 9, 8, 7, 6, 5, 0, 0, 0);
    }

    @Test
    void placeOfTheVmcoreinfoTextIsKnown() {
        NoteArea area = NoteArea.of(List.of(PRSTATUS, VMCOREINFO), ByteOrder.LITTLE_ENDIAN);
        assertThat(area.vmcoreinfoOffset()).isEqualTo(28 + 24);
        assertThat(area.vmcoreinfoBytes()).isEqualTo(12);
        assertThat(area.bytes().slice(area.vmcoreinfoOffset(), area.vmcoreinfoBytes()))
                .isEqualTo(text("OSRELEASE=x\n"));
    }

    @Test
    void addedNoteTakesThePlaceOfItsKindAndComesLast() {
        Note mine = new Note("MINE", 7, text("new"));
        NoteArea area = NoteArea.of(List.of(new Note("MINE", 7, text("outdated")), VMCOREINFO), ByteOrder.LITTLE_ENDIAN)
                .plus(mine);
        assertThat(area.bytes())
                .isEqualTo(NoteArea.of(List.of(VMCOREINFO, mine), ByteOrder.LITTLE_ENDIAN)
                        .bytes());
    }

    @Test
    void withoutNotesThereIsNothing() {
        NoteArea area = NoteArea.of(List.of(), ByteOrder.LITTLE_ENDIAN);
        assertThat(area.size()).isZero();
        assertThat(area.vmcoreinfoBytes()).isZero();
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
