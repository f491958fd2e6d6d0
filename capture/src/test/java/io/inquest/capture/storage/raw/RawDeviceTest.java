package io.inquest.capture.storage.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.capture.storage.DumpForm;
import io.inquest.capture.storage.DumpOutput;
import io.inquest.capture.storage.FolderName;
import io.inquest.capture.storage.SavedFile;
import io.inquest.capture.storage.raw.RawEntry.State;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A raw device is here a file of 16 MiB.
final class RawDeviceTest {

    private static final long BYTES = 16 << 20;

    private Path device;

    @BeforeEach
    void makeDevice(@TempDir Path folder) throws IOException {
        device = folder.resolve("sdz1");
        try (FileChannel made = FileChannel.open(
                device, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            int end = made.write(ByteBuffer.wrap(new byte[1]), BYTES - 1);
            assertThat(end).isOne();
        }
    }

    /// The name of a crash on a day.
    private static FolderName day(int day) {
        return new FolderName("h", LocalDateTime.of(2026, 3, day, 0, 0, 0), 0);
    }

    private static byte[] dump(int bytes) {
        byte[] dump = new byte[bytes];
        byte[] signature = "makedumpfile\0".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(signature, 0, dump, 0, signature.length);
        return dump;
    }

    /// Saves a crash with a log and a dump.
    private void save(int day, int dumpBytes) throws IOException {
        try (RawPlace place = RawPlace.take(RawDevice.modify(device), day(day))) {
            place.save("vmcore-dmesg.txt", out -> out.write(("log of day " + day).getBytes(StandardCharsets.US_ASCII)));
            ((DumpOutput.ToStream) place.beginDump(DumpForm.FILTERED)).stream().write(dump(dumpBytes));
            SavedFile read = place.readDumpBack(_ -> {}).orElseThrow();
            assertThat(place.publishDump(read).bytes()).isEqualTo(dumpBytes);
            place.save("manifest.json", out -> out.write('{'));
        }
    }

    private RawIndex index() throws IOException {
        try (RawDevice opened = RawDevice.open(device)) {
            return opened.index();
        }
    }

    @Test
    void firstDumpIsWhereOthersLookForIt() throws IOException {
        save(1, 5000);
        assertThat(index().of(day(1).toString()))
                .extracting(RawEntry::name)
                .containsExactly("vmcore-dmesg.txt", "vmcore", "manifest.json");
        assertThat(index().entries())
                .filteredOn(entry -> entry.name().equals("vmcore"))
                .allSatisfy(entry -> assertThat(entry.offset()).isZero());
    }

    @Test
    void nextDumpLeavesTheOnesBeforeAsTheyAre() throws IOException {
        save(1, 3 << 20);
        save(2, 2 << 20);
        assertThat(index().folders()).containsExactly(day(1).toString(), day(2).toString());
        assertThat(index().entries())
                .allSatisfy(entry -> assertThat(entry.state()).isEqualTo(State.WHOLE));
        List<RawEntry> second = index().of(day(2).toString());
        assertThat(second.get(1).offset()).isEqualTo(3 << 20);
    }

    @Test
    void oldestCrashesGoWhenLessThanHalfOfTheDeviceIsLeftButNotTheNewestWholeOne() throws IOException {
        save(1, 5 << 20);
        save(2, 5 << 20);
        save(3, 5 << 20);
        assertThat(index().folders()).containsExactly(day(2).toString(), day(3).toString());
        save(4, 7 << 20);
        assertThat(index().folders()).containsExactly(day(3).toString(), day(4).toString());
    }

    @Test
    void fullDeviceIsToldInTheSystemsWords() throws IOException {
        try (RawPlace place = RawPlace.take(RawDevice.modify(device), day(1))) {
            var stream = ((DumpOutput.ToStream) place.beginDump(DumpForm.FILTERED)).stream();
            assertThatThrownBy(() -> stream.write(new byte[(int) BYTES])).hasMessage("No space left on device");
            place.check();
        }
    }

    @Test
    void dumpThatWasCutByALossOfPowerIsThereAsUnfinished() throws IOException {
        try (RawPlace place = RawPlace.take(RawDevice.modify(device), day(1))) {
            ((DumpOutput.ToStream) place.beginDump(DumpForm.FILTERED)).stream().write(dump(5000));
        }
        assertThat(index().entries()).singleElement().satisfies(entry -> {
            assertThat(entry.state()).isEqualTo(State.UNFINISHED);
            assertThat(entry.bytes()).isGreaterThanOrEqualTo(5000);
        });
        save(2, 2 << 20);
        assertThat(index().of(day(2).toString())).isNotEmpty();
    }

    @Test
    void copyOfTheIndexThatWasCutLeavesTheOtherOne() throws IOException {
        save(1, 5000);
        RawIndex before = index();
        try (FileChannel open = FileChannel.open(device, StandardOpenOption.WRITE)) {
            int written = open.write(ByteBuffer.wrap(new byte[100]), BYTES - 2L * RawIndex.BYTES + 40);
            assertThat(written).isEqualTo(100);
        }
        assertThat(index().entries()).isEqualTo(before.entries());
    }

    @Test
    void dumpThatSomebodyTookAndWipedIsNoLongerThere() throws IOException {
        save(1, 5000);
        try (FileChannel open = FileChannel.open(device, StandardOpenOption.WRITE)) {
            int written = open.write(ByteBuffer.wrap(new byte[512]), 0);
            assertThat(written).isEqualTo(512);
        }
        assertThat(index().folders()).isEmpty();
    }

    @Test
    void twoCrashesOfOneSecondHaveTwoNames() throws IOException {
        save(1, 5000);
        save(1, 5000);
        assertThat(index().folders()).containsExactly(day(1).toString(), day(1) + "-1");
    }

    @Test
    void dumpOfAnotherProgramIsFoundWithoutAnIndex() throws IOException {
        try (FileChannel open = FileChannel.open(device, StandardOpenOption.WRITE)) {
            int written = open.write(ByteBuffer.wrap(dump(5000)), 0);
            assertThat(written).isEqualTo(5000);
        }
        try (RawDevice opened = RawDevice.open(device)) {
            assertThat(opened.dumpWithoutIndex()).isPresent();
        }
    }

    @Test
    void deviceThatIsTooSmallIsRefused() throws IOException {
        Files.write(device, new byte[1 << 20]);
        assertThatThrownBy(() -> RawDevice.open(device)).hasMessageContaining("no dump fits there");
    }

    @Test
    void deviceThatIsNotThereIsNotMade() {
        Path absent = device.resolveSibling("absent");
        assertThatThrownBy(() -> RawDevice.modify(absent)).isInstanceOf(IOException.class);
        assertThat(absent).doesNotExist();
    }
}
