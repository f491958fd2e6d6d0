package io.inquest.dump.kdump;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.codec.Compression;
import io.inquest.dump.io.MemorySource;
import io.inquest.dump.io.PatchedSource;
import io.inquest.dump.salvage.SalvageLog;
import io.inquest.testkit.KdumpBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is tried first when headers are damaged: what they say as long as it can be right, then what the tables show.
final class HeaderRecoveryTest {

    private static final int PAGE_BYTES = SmallDump.PAGE_BYTES;
    private static final int BLOCK_SIZE = 428;
    private static final int SUB_HEADER_BLOCKS = 432;
    private static final int BITMAP_BLOCKS = 436;
    private static final int MAX_MAPNR = 440;
    private static final int DESCRIPTORS = 4 * PAGE_BYTES;

    private static final SmallDump DUMP = SmallDump.of(Compression.ZLIB);
    private static final SmallDump BIG_ENDIAN = new SmallDump(
            KdumpBuilder.Abi.LP64, ByteOrder.BIG_ENDIAN, "s390x", 31, Compression.ZLIB, 150, Optional.empty(), "");

    /// The file after the repair, and what was told of it.
    private record Recovered(ByteBuffer file, List<String> repairs) {

        static Recovered of(byte[] damaged) throws IOException {
            PatchedSource source = new PatchedSource(new MemorySource("damaged", damaged));
            SalvageLog log = new SalvageLog();
            HeaderRecovery.recover(source, log);
            byte[] file = new byte[damaged.length];
            source.readFully(0, ByteBuffer.wrap(file));
            return new Recovered(ByteBuffer.wrap(file), log.report("").repairs());
        }
    }

    private static byte[] with(byte[] file, ByteOrder order, int at, int value) {
        byte[] damaged = file.clone();
        ByteBuffer.wrap(damaged).order(order).putInt(at, value);
        return damaged;
    }

    @Test
    void headersThatAreRightStayAsTheyAre() throws IOException {
        for (SmallDump dump : List.of(DUMP, BIG_ENDIAN)) {
            Recovered found = Recovered.of(dump.expected());
            assertThat(found.repairs()).isEmpty();
            assertThat(found.file().equals(ByteBuffer.wrap(dump.expected()))).isTrue();
        }
    }

    /// There is nothing else to go by.
    @Test
    void headersOfAFileThatIsCutBeforeItsDescriptorsAreBelieved() throws IOException {
        byte[] cut = Arrays.copyOf(DUMP.expected(), DESCRIPTORS - 100);
        assertThat(Recovered.of(cut).repairs()).isEmpty();
    }

    @Test
    void headersThatAgreeWithTheNotesAreBelievedMoreThanADamagedDescriptor() throws IOException {
        byte[] file = DUMP.expected();
        Arrays.fill(file, DESCRIPTORS, DESCRIPTORS + 24, (byte) 0x5a);
        assertThat(Recovered.of(file).repairs()).isEmpty();
    }

    @Test
    void descriptorsAreBelievedMoreThanHeadersThatDoNotLeadToThem() throws IOException {
        for (SmallDump dump : List.of(DUMP, BIG_ENDIAN)) {
            for (int field : new int[] {SUB_HEADER_BLOCKS, BITMAP_BLOCKS}) {
                Recovered found = Recovered.of(with(dump.expected(), dump.order(), field, 77));
                assertThat(found.file().equals(ByteBuffer.wrap(dump.expected())))
                        .as("field %d: %s", field, found.repairs())
                        .isTrue();
                assertThat(found.repairs()).anyMatch(repair -> repair.contains("were found from its tables"));
            }
        }
    }

    @Test
    void numberOfFramesStandsInTheSubHeaderAsWell() throws IOException {
        Recovered found = Recovered.of(with(DUMP.expected(), DUMP.order(), MAX_MAPNR, 77));
        assertThat(found.repairs()).containsExactly("the main header's max_mapnr was 77 and is 150");
    }

    /// Without a block size nothing of the header can be read: the usual ones are tried, in either byte order.
    @Test
    void blockSizeIsTriedWhereTheHeaderCannotBeRead() throws IOException {
        for (SmallDump dump : List.of(DUMP, BIG_ENDIAN)) {
            Recovered found = Recovered.of(with(dump.expected(), dump.order(), BLOCK_SIZE, 12345));
            assertThat(found.file().equals(ByteBuffer.wrap(dump.expected()))).isTrue();
            assertThat(found.repairs().getFirst()).isEqualTo("the main header's block_size was 12345 and is 4096");
        }
    }

    @Test
    void headersAreBelievedInTheEndWhereNothingElseIsFound() throws IOException {
        byte[] file = with(DUMP.expected(), DUMP.order(), MAX_MAPNR, 77);
        Arrays.fill(file, DESCRIPTORS, file.length, (byte) 0x5a);
        Recovered found = Recovered.of(file);
        assertThat(found.repairs()).noneMatch(repair -> repair.contains("were found from its tables"));
    }
}
