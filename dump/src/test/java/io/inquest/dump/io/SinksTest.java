package io.inquest.dump.io;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.DumpException;
import io.inquest.dump.flattened.FlattenedSource;
import io.inquest.testkit.FlattenedBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SinksTest {

    @TempDir
    private Path folder;

    @Test
    void newFileIsReadableByItsOwnerOnly() throws IOException {
        Path path = folder.resolve("new");
        try (ByteSink sink = FileSink.create(path)) {
            sink.write(0, bytes("x"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void existingFileIsKeptUnlessOverwritingWasAskedFor() throws IOException {
        Path path = Files.writeString(folder.resolve("old"), "precious");
        assertThatThrownBy(() -> FileSink.create(path)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(path).hasContent("precious");
        try (ByteSink sink = FileSink.overwrite(path)) {
            sink.write(0, bytes("new"));
        }
        assertThat(path).hasContent("new");
    }

    @Test
    void whatWasNeverWrittenReadsAsZero() throws IOException {
        Path path = folder.resolve("sparse");
        try (ByteSink sink = FileSink.create(path)) {
            sink.write(5, bytes("end"));
            sink.write(0, bytes("b"));
        }
        assertThat(Files.readAllBytes(path)).containsExactly('b', 0, 0, 0, 0, 'e', 'n', 'd');
    }

    @Test
    void rewrittenBytesAreNotCounted() throws IOException {
        try (ByteSink sink = FileSink.create(folder.resolve("counted"))) {
            sink.write(0, bytes("12345"));
            sink.rewrite(0, bytes("abc"));
            assertThat(sink.writtenBytes()).isEqualTo(5);
        }
    }

    @Test
    void dryRunCountsWhatWouldBeWritten() {
        DiscardingSink sink = new DiscardingSink("nowhere");
        ByteBuffer bytes = bytes("12345");
        sink.write(1L << 40, bytes);
        sink.rewrite(0, bytes("6"));
        assertThat(bytes.hasRemaining()).isFalse();
        assertThat(sink.writtenBytes()).isEqualTo(5);
    }

    @Test
    void limitLeavesAFileOfExactlyThatSize() throws IOException {
        MemorySink memory = new MemorySink();
        ByteSink sink = new LimitedSink(memory, 8);
        sink.write(0, bytes("abcd"));
        assertThatThrownBy(() -> sink.write(6, bytes("efgh")))
                .isInstanceOf(NoSpaceException.class)
                .hasMessageContaining("Size limit(8) reached.");
        assertThatThrownBy(() -> sink.write(20, bytes("x"))).isInstanceOf(NoSpaceException.class);
        sink.rewrite(0, bytes("A"));
        assertThat(memory.contents()).containsExactly('A', 'b', 'c', 'd', 0, 0, 'e', 'f');
    }

    @Test
    void streamHasTheRecordsOfTheFlattenedFormat() throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        try (ByteSink sink = new FlattenedSink("stdout", Channels.newChannel(stream))) {
            sink.write(4096, bytes("later"));
            sink.write(0, bytes("first"));
            sink.write(9, bytes(""));
            sink.rewrite(0, bytes("FIRST"));
            sink.finish();
            assertThat(sink.writtenBytes()).isEqualTo(10);
        }
        byte[] expected = new FlattenedBuilder()
                .record(4096, "later".getBytes(StandardCharsets.US_ASCII))
                .record(0, "first".getBytes(StandardCharsets.US_ASCII))
                .record(0, "FIRST".getBytes(StandardCharsets.US_ASCII))
                .build();
        assertThat(stream.toByteArray()).isEqualTo(expected);
    }

    @Test
    void streamThatIsNotFinishedHasNoEndRecord() throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        try (ByteSink sink = new FlattenedSink("stdout", Channels.newChannel(stream))) {
            assertThat(sink.showsItsEnd()).isTrue();
            sink.write(0, bytes("x"));
        }
        assertThat(stream.size()).isEqualTo(4096 + 16 + 1);
    }

    @Test
    void limitedStreamEndsAtTheLimit() throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        try (ByteSink sink = new FlattenedSink("stdout", Channels.newChannel(stream), 4096 + 16 + 3)) {
            assertThatThrownBy(() -> sink.write(0, bytes("abcde"))).isInstanceOf(NoSpaceException.class);
        }
        assertThat(stream.size()).isEqualTo(4096 + 16 + 3);
    }

    @Test
    void nothingFollowsARecordThatWasCut() throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        WritableByteChannel target = Channels.newChannel(stream);
        WritableByteChannel failing = new WritableByteChannel() {

            private boolean failed;

            @Override
            public int write(ByteBuffer bytes) throws IOException {
                if (failed || stream.size() + bytes.remaining() < 4096 + 16 + 6) {
                    return target.write(bytes);
                }
                failed = true;
                target.write(bytes.slice(bytes.position(), 3));
                throw new IOException("Input/output error");
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
        try (ByteSink sink = new FlattenedSink("stdout", failing)) {
            assertThatThrownBy(() -> sink.write(0, bytes("abcdef"))).hasMessageContaining("Input/output error");
            assertThatThrownBy(() -> sink.rewrite(0, bytes("ABCDEF"))).hasMessageContaining("nothing can follow");
            assertThatThrownBy(sink::finish).isInstanceOf(IOException.class);
        }
        assertThat(stream.size()).isEqualTo(4096 + 16 + 3);
        try (FlattenedSource source = FlattenedSource.open(new MemorySource("stream", stream.toByteArray()))) {
            assertThat(source.size()).isEqualTo(3);
            assertThat(source.damage()).isPresent();
        }
    }

    @Test
    void whatHasNoStorageNeedsNotBeForced() throws IOException {
        try (ByteSink device = FileSink.overwrite(Path.of("/dev/null"))) {
            device.write(4096, ByteBuffer.wrap(new byte[] {1}));
            device.force();
            assertThat(device.writtenBytes()).isEqualTo(1);
        }
    }

    @Test
    void streamInAFileIsMadeDurableAndADeviceHasNothingToBe() throws IOException {
        FileChannel file = FileChannel.open(folder.resolve("stream"), CREATE_NEW, WRITE);
        ByteSink sink = new FlattenedSink("stream", file);
        sink.force();
        file.close();
        assertThatThrownBy(sink::force)
                .as("a channel that is closed shows that it was asked")
                .isInstanceOf(ClosedChannelException.class);
        try (ByteSink device = new FlattenedSink("null", FileChannel.open(Path.of("/dev/null"), WRITE))) {
            device.force();
        }
    }

    @Test
    void roomIsWhatTheDiskAndTheLimitLeave() throws IOException {
        Path path = folder.resolve("file");
        long disk = Files.getFileStore(folder).getTotalSpace();
        try (ByteSink file = FileSink.create(path)) {
            assertThat(file.room(0)).isPresent();
            assertThat(file.room(0).getAsLong()).isBetween(1L, disk);
            assertThat(new LimitedSink(file, 100).room(30)).hasValue(70);
            assertThat(new LimitedSink(file, 100).room(300)).hasValue(0);
        }
        try (ByteSink device = FileSink.overwrite(Path.of("/dev/null"))) {
            assertThat(device.room(0)).isEmpty();
            assertThat(new LimitedSink(device, 100).room(30)).hasValue(70);
        }
    }

    @Test
    void streamHasTheRoomOfTheFileThatItGoesInto() throws IOException {
        WritableByteChannel nowhere = Channels.newChannel(new ByteArrayOutputStream());
        assertThat(new FlattenedSink("pipe", nowhere).room(0)).isEmpty();
        assertThat(new FlattenedSink("pipe", nowhere, 5000).room(0)).hasValue(5000 - 4096);
        Path path = folder.resolve("stream");
        FileChannel file = FileChannel.open(path, CREATE_NEW, WRITE);
        try (FlattenedSink sink = new FlattenedSink("stream", file, Long.MAX_VALUE, Optional.of(path))) {
            assertThat(sink.room(0).getAsLong())
                    .isBetween(1L, Files.getFileStore(folder).getTotalSpace());
            assertThat(sink.isDurable()).isTrue();
        }
    }

    @Test
    void fullDeviceIsToldAsNoSpace() throws IOException {
        try (ByteSink sink = FileSink.overwrite(Path.of("/dev/full"))) {
            assertThatThrownBy(() -> sink.write(0, bytes("x")))
                    .isInstanceOf(NoSpaceException.class)
                    .hasMessage("/dev/full: No space left on device");
        }
    }

    @Test
    void aPipeIsRefusedWhereOffsetsAreNeededAndTakesWhatComesInOrder() throws Exception {
        Path fifo = folder.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> FileSink.overwrite(fifo))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("makedumpfile -F");
        Path copy = folder.resolve("copy");
        Process reader = new ProcessBuilder("cat", fifo.toString())
                .redirectOutput(copy.toFile())
                .start();
        try (ByteSink sink = FileSink.overwriteInOrder(fifo)) {
            sink.write(0, bytes("one "));
            sink.write(4, bytes("two"));
            sink.force();
        }
        assertThat(reader.waitFor()).isZero();
        assertThat(copy).hasContent("one two");
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
