package io.inquest.dump.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LostPagesTest {

    private final List<String> warnings = new ArrayList<>();
    private final LostPages pages = new LostPages("vmcore", warnings::add);

    @Test
    void firstTenAreToldAndThenThatThereAreMore() throws IOException {
        for (int pfn = 0; pfn < 100; pfn++) {
            pages.damaged(pfn, "it is torn");
            pages.refused(pfn, new IOException("vmcore: no"));
        }
        assertThat(warnings).hasSize(11);
        assertThat(warnings.get(0)).isEqualTo("vmcore: the data of page frame 0x0 is damaged: it is torn");
        assertThat(warnings.get(1)).isEqualTo("vmcore: page frame 0x0 is lost: vmcore: no");
        assertThat(warnings.getLast()).isEqualTo("vmcore: more pages are damaged or cannot be read");
    }

    @Test
    void pageThatIsReadAgainIsToldOnce() {
        pages.damaged(7, "it is torn");
        pages.damaged(8, "it is torn");
        pages.damaged(7, "it is torn");
        assertThat(warnings).hasSize(2);
    }

    @Test
    void inputThatRefusesEverythingIsAnError() throws IOException {
        IOException gone = new IOException("gone");
        refuse(1 << 16, gone);
        assertThatThrownBy(() -> pages.refused(0, gone)).isSameAs(gone);
    }

    @Test
    void inputThatGivesPagesAgainIsNot() throws IOException {
        IOException bad = new IOException("bad");
        refuse(1 << 16, bad);
        pages.given();
        refuse(1 << 16, bad);
    }

    @Test
    void inputThatWasClosedIsAnError() {
        assertThatThrownBy(() -> pages.refused(0, new ClosedChannelException()))
                .isInstanceOf(ClosedChannelException.class);
    }

    private void refuse(int times, IOException failure) throws IOException {
        for (int i = 0; i < times; i++) {
            pages.refused(i, failure);
        }
    }
}
