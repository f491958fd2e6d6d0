package io.inquest.dump.kdump;

import io.inquest.dump.PfnRange;
import io.inquest.dump.Utsname;
import io.inquest.dump.format.RawStruct;
import io.inquest.dump.io.ByteSource;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The sub header of a kdump-compressed file, at block 1. `long` is a C long, 4 or 8 bytes.
///
/// | LP64 | ILP32_4 | ILP32_8 | Type   | Since | Field               | Meaning                                  |
/// |-----:|--------:|--------:|--------|------:|---------------------|------------------------------------------|
/// |    0 |       0 |       0 | long   |     0 | `phys_base`         | signed                                   |
/// |    8 |       4 |       4 | 4      |     1 | `dump_level`        | what the filter left out                 |
/// |   12 |       8 |       8 | 4      |     2 | `split`             | 1 in a part of a split set               |
/// |   16 |      12 |      12 | long   |     2 | `start_pfn`         | first page frame of the part             |
/// |   24 |      16 |      16 | long   |     2 | `end_pfn`           | one past its last                        |
/// |   32 |      20 |      24 | 8      |     3 | `offset_vmcoreinfo` | of the text                              |
/// |   40 |      28 |      32 | long   |     3 | `size_vmcoreinfo`   |                                          |
/// |   48 |      32 |      40 | 8      |     4 | `offset_note`       | of the ELF notes                         |
/// |   56 |      40 |      48 | long   |     4 | `size_note`         |                                          |
/// |   64 |      44 |      56 | 8      |     5 | `offset_eraseinfo`  | of the text that tells what was erased   |
/// |   72 |      52 |      64 | long   |     5 | `size_eraseinfo`    |                                          |
/// |   80 |      56 |      72 | 8      |     6 | `start_pfn_64`      |                                          |
/// |   88 |      64 |      80 | 8      |     6 | `end_pfn_64`        |                                          |
/// |   96 |      72 |      88 | 8      |     6 | `max_mapnr_64`      | page frames                              |
///
/// Fields newer than the header version may hold junk and read as 0 here. Source: makedumpfile `diskdump_mod.h`.
record KdumpSubHeader(
        KdumpAbi abi,
        long physBase,
        OptionalInt dumpLevel,
        Optional<PfnRange> part,
        Area vmcoreinfo,
        Area notes,
        Area eraseInfo,
        OptionalLong wideMaxMapnr) {

    /// Some bytes of the file; `length` 0 for none.
    record Area(long offset, long length) {

        static final Area NONE = new Area(0, 0);

        boolean liesIn(long start, long end) {
            return offset >= start && length > 0 && length <= end - offset;
        }
    }

    private static final int MOST_BYTES = 104;
    private static final long MOST_NARROW = 0xffff_ffffL;

    static KdumpSubHeader read(ByteSource source, KdumpHeader header) throws IOException {
        RawStruct raw = RawStruct.read(source, "kdump-compressed sub header", header.blockBytes(), MOST_BYTES)
                .order(header.order());
        KdumpAbi best = null;
        int bestScore = -1;
        for (KdumpAbi abi : header.possibleAbis()) {
            int score = score(raw, header, abi);
            if (score > bestScore) {
                best = abi;
                bestScore = score;
            }
        }
        return parse(raw, header, best == null ? KdumpAbi.LP64 : best);
    }

    /// How well the fields fit together if the writer had this ABI. The machine's name only breaks ties: QEMU packs
    /// its 32-bit headers as i386 does, whatever the guest is.
    private static int score(RawStruct raw, KdumpHeader header, KdumpAbi abi) {
        long start = header.blockBytes();
        long end = start * (1 + header.subHeaderBlocks());
        int score = fits(abi, header.utsname()) ? 1 : 0;
        if (header.version() >= 3
                && area(raw, abi, abi.vmcoreinfoOffsetAt, abi.vmcoreinfoSizeAt).liesIn(start, end)) {
            score += 2;
        }
        if (header.version() >= 4
                && area(raw, abi, abi.noteOffsetAt, abi.noteSizeAt).liesIn(start, end)) {
            score += 2;
        }
        if (header.version() >= 6 && raw.i64(abi.widePfnsAt + 16) == header.maxMapnr()) {
            score += 2;
        }
        return score;
    }

    private static boolean fits(KdumpAbi abi, Utsname utsname) {
        String machine = utsname.machine();
        boolean i386 = machine.length() == 4 && machine.startsWith("i") && machine.endsWith("86");
        boolean narrow = i386
                || machine.startsWith("arm")
                || machine.equals("ppc")
                || machine.equals("mips")
                || machine.equals("riscv32");
        return switch (abi) {
            case LP64 -> !narrow;
            case ILP32_4 -> i386;
            case ILP32_8 -> narrow && !i386;
        };
    }

    private static KdumpSubHeader parse(RawStruct raw, KdumpHeader header, KdumpAbi abi) throws IOException {
        int version = header.version();
        int word = abi.wordBytes;
        return new KdumpSubHeader(
                abi,
                raw.signedWord(0, word),
                version >= 1 ? OptionalInt.of(raw.i32(word)) : OptionalInt.empty(),
                part(raw, version, abi),
                version >= 3 ? area(raw, abi, abi.vmcoreinfoOffsetAt, abi.vmcoreinfoSizeAt) : Area.NONE,
                version >= 4 ? area(raw, abi, abi.noteOffsetAt, abi.noteSizeAt) : Area.NONE,
                version >= 5 ? area(raw, abi, abi.eraseOffsetAt, abi.eraseSizeAt) : Area.NONE,
                version >= 6 ? OptionalLong.of(raw.i64(abi.widePfnsAt + 16)) : OptionalLong.empty());
    }

    /// Number of page frames; the sub header's wins.
    long maxMapnr(KdumpHeader header) {
        long wide = wideMaxMapnr.orElse(0);
        return wide == 0 ? header.maxMapnr() : wide;
    }

    /// What is wrong when the two headers differ in the number of page frames, of which the main header has 32 bits.
    Optional<String> contradiction(KdumpHeader header) {
        long narrow = header.maxMapnr();
        long wide = wideMaxMapnr.orElse(narrow);
        boolean agree = (int) wide == (int) narrow || (narrow == MOST_NARROW && wide > MOST_NARROW);
        return agree
                ? Optional.empty()
                : Optional.of("its headers disagree on the number of page frames (" + narrow + " and "
                        + Long.toUnsignedString(wide) + ")");
    }

    private static Optional<PfnRange> part(RawStruct raw, int version, KdumpAbi abi) throws IOException {
        int splitAt = abi.wordBytes + 4;
        if (version < 2 || raw.i32(splitAt) == 0) {
            return Optional.empty();
        }
        int startAt = abi.widePfnsAt;
        int endAt = abi.widePfnsAt + 8;
        long start = version >= 6 ? raw.i64(startAt) : raw.word(splitAt + 4, abi.wordBytes);
        long end = version >= 6 ? raw.i64(endAt) : raw.word(splitAt + 4 + abi.wordBytes, abi.wordBytes);
        if (start < 0 || end < start) {
            throw raw.damaged(
                    "start_pfn and end_pfn",
                    version >= 6 ? startAt : splitAt + 4,
                    "are 0x" + Long.toHexString(start) + " and 0x" + Long.toHexString(end) + ", not a range");
        }
        return Optional.of(new PfnRange(start, end));
    }

    private static Area area(RawStruct raw, KdumpAbi abi, int offsetAt, int sizeAt) {
        return new Area(raw.i64(offsetAt), raw.word(sizeAt, abi.wordBytes));
    }
}
