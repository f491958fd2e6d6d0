package io.inquest.capture.act;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What targets are for, as the distributions have it: the first that works, each of them, the root file system at
/// last, or
/// none because a command does it all.
final class SeveralTargetsTest {

    /// Debian gives the dump to each server that is set.
    private static final String[] EACH = {"NFS=server:/export", "SSH=kdump@server", "MAKEDUMP_ARGS=\"-l -d 31\""};

    private Rehearsal rehearsal;

    @BeforeEach
    void prepare(@TempDir Path folder) throws IOException {
        rehearsal = new Rehearsal(folder);
        Files.writeString(rehearsal.folder().resolve("broken"), "a file where a folder should be");
    }

    @Test
    void secondTargetIsForWhenTheFirstFails() throws IOException {
        assertThat(rehearsal.to("a").to("b").run()).isEqualTo(Ending.ALL);
        assertThat(rehearsal.crashes("b")).isEmpty();
    }

    @Test
    void eachTargetGetsTheDumpWhereThatIsConfigured() throws IOException {
        assertThat(rehearsal.configured(EACH).to("a").to("b").run()).isEqualTo(Ending.ALL);
        assertThat(rehearsal.crash("a").resolve("vmcore")).exists();
        assertThat(rehearsal.crash("b").resolve("vmcore")).exists();
    }

    @Test
    void eachTargetMeansNotOneLess() throws IOException {
        assertThat(rehearsal.configured(EACH).to("broken").to("b").run()).isEqualTo(Ending.SOME);
        assertThat(rehearsal.crash("b").resolve("vmcore")).exists();
    }

    @Test
    void rootFileSystemIsForWhenAllOthersFail() throws IOException {
        assertThat(rehearsal.to("broken").atLastTo("root").run()).isEqualTo(Ending.ALL);
        assertThat(rehearsal.crash("root").resolve("vmcore")).exists();
    }

    @Test
    void rootFileSystemIsLeftAloneOtherwise() throws IOException {
        assertThat(rehearsal.to("a").atLastTo("root").run()).isEqualTo(Ending.ALL);
        assertThat(rehearsal.crashes("root")).isEmpty();
    }

    @Test
    void incompleteDumpAndOneMoreThatFailsAreStillSomething() throws IOException {
        rehearsal.configured("core_collector makedumpfile -l -d 31 -L 2M");
        assertThat(rehearsal.to("a").to("broken").run()).isEqualTo(Ending.SOME);
    }

    @Test
    void commandThatDoesAllTheSavingIsAllThatIsDone() throws IOException {
        Path told = rehearsal.folder().resolve("told");
        rehearsal.configured("KDUMP_TRANSFER=\"echo saved >" + told + "\"");
        assertThat(rehearsal.to("a").run()).isEqualTo(Ending.ALL);
        assertThat(told).hasContent("saved");
        assertThat(rehearsal.crashes("a")).isEmpty();
    }

    @Test
    void commandThatFailsToSaveIsFollowedByOurSaving() throws IOException {
        rehearsal.configured("KDUMP_TRANSFER=false");
        assertThat(rehearsal.to("a").run()).isEqualTo(Ending.ALL);
        assertThat(rehearsal.crash("a").resolve("vmcore")).exists();
    }

    @Test
    void clusterThatCannotBeToldCostsNothing() {
        rehearsal.configured("fence_kdump_nodes node-a node-b");
        assertThat(rehearsal.to("a").run()).isEqualTo(Ending.ALL);
        assertThat(rehearsal.console()).anyMatch(line -> line.contains("fence_kdump_send"));
    }
}
