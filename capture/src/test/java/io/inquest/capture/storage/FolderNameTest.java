package io.inquest.capture.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FolderNameTest {

    private static final LocalDateTime TIME = LocalDateTime.of(2026, 3, 7, 4, 5, 9);

    @Test
    void nameIsTheOneThatUsersOfKdumpExpect() {
        assertThat(new FolderName("127.0.0.1", TIME, 0)).hasToString("127.0.0.1-2026-03-07-04:05:09");
    }

    @Test
    void furtherCrashesOfASecondHaveANumber() {
        FolderName first = new FolderName("127.0.0.1", TIME, 0);
        assertThat(first.next()).hasToString("127.0.0.1-2026-03-07-04:05:09-1");
        assertThat(first.next().next()).hasToString("127.0.0.1-2026-03-07-04:05:09-2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1-2026-03-07-04:05:09",
                "fe80::1-2026-03-07-04:05:09",
                "web-01-2026-03-07-04:05:09-12",
                "127.0.0.1-1970-01-01-00:00:12"
            })
    void nameIsReadAsItIsWritten(String name) {
        assertThat(FolderName.parse(name))
                .hasValueSatisfying(read -> assertThat(read).hasToString(name));
    }

    @Test
    void nameWithoutColonsIsTheSame() {
        FolderName name = new FolderName("127.0.0.1", TIME, 1);
        assertThat(name.withoutColons()).isEqualTo("127.0.0.1-2026-03-07-04.05.09-1");
        assertThat(FolderName.parse(name.withoutColons())).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "lost+found",
                "2026-03-07-04:05:09",
                "-2026-03-07-04:05:09",
                "a-2026-13-07-04:05:09",
                "a-2026-02-30-04:05:09",
                "a-2026-03-07-04:05:09-",
                "a-2026-03-07-04:05:09-x",
                "a-2026-03-07-04:05:09-0",
                "a-2026-03-07-04:05:09-1234567",
                "a-2026-03-07 04:05:09",
                "a-2026-03-07-04:05:09.old"
            })
    void otherNamesAreNone(String name) {
        assertThat(FolderName.parse(name)).isEmpty();
    }

    @Test
    void olderOnesComeFirst() {
        FolderName first = new FolderName("z", TIME, 0);
        FolderName second = new FolderName("b", TIME, 1);
        FolderName third = new FolderName("a", TIME.plusSeconds(1), 0);
        assertThat(List.of(third, second, first).stream().sorted()).containsExactly(first, second, third);
    }

    @Test
    void hostCannotLeadElsewhere() {
        assertThat(FolderName.asHost("../../etc")).isEqualTo("_.._.._etc");
        assertThat(FolderName.asHost("")).isEqualTo("_");
        assertThat(FolderName.asHost("a b\n")).isEqualTo("a_b_");
        assertThat(FolderName.asHost("web-01.example.com")).isEqualTo("web-01.example.com");
    }
}
