package io.inquest.dump.kdump;

import io.inquest.dump.CrashTime;
import io.inquest.dump.DumpException;
import io.inquest.dump.Utsname;
import io.inquest.dump.format.RawStruct;
import io.inquest.dump.io.ByteSource;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Optional;

/// The main header of a kdump-compressed file, block 0, in the byte order of the crashed machine.
///
/// | LP64 | 32-bit | Size   | Field             | Meaning                                                       |
/// |-----:|-------:|-------:|-------------------|---------------------------------------------------------------|
/// |    0 |      0 |      8 | `signature`       | `KDUMP` and three spaces                                      |
/// |    8 |      8 |      4 | `header_version`  | 0 to 6                                                        |
/// |   12 |     12 | 6 × 65 | `utsname`         | zeros when the writer did not know the kernel                 |
/// |  408 |    404 |   16/8 | `timestamp`       | time of the crash, seconds and microseconds                   |
/// |  424 |    412 |      4 | `status`          | 1 zlib, 2 lzo, 4 snappy, 8 incomplete, 0x10 no vmemmap, 0x20 zstd |
/// |  428 |    416 |      4 | `block_size`      | page size                                                     |
/// |  432 |    420 |      4 | `sub_hdr_size`    | blocks of the sub header with its notes                       |
/// |  436 |    424 |      4 | `bitmap_blocks`   | blocks of both bitmaps together                               |
/// |  440 |    428 |      4 | `max_mapnr`       | page frames, cut to 32 bits; see [KdumpSubHeader]             |
/// |  444 |    432 | 4 × 4  | counters          | not used                                                      |
/// |  460 |    448 |      4 | `nr_cpus`         | number of CPUs                                                |
///
/// A 32-bit writer with a 64-bit `time_t` has its fields behind `utsname` at 416 − 404 = 8 or 12 bytes later. Source:
/// makedumpfile `diskdump_mod.h`; QEMU `include/system/dump.h`.
///
/// @param fieldsAt where `status` is
/// @param blockShift log2 of `block_size`
record KdumpHeader(
        RawStruct raw,
        int fieldsAt,
        int version,
        Utsname utsname,
        Optional<CrashTime> crashTime,
        int status,
        int blockShift,
        long subHeaderBlocks,
        long bitmapBlocks,
        long maxMapnr,
        int cpus) {

    static final String SIGNATURE = "KDUMP   ";
    static final int STATUS_INCOMPLETE = 0x8;
    static final int NEWEST_VERSION = 6;

    private static final int BYTES = 464;
    private static final int UTSNAME_FIELD = 65;

    /// Where `status` can be: LP64 (or 32-bit, aligned to 8, with a 64-bit time), 32-bit, i386 with a 64-bit time.
    private static final int[] FIELDS_AT = {424, 412, 420};

    static KdumpHeader read(ByteSource source) throws IOException {
        RawStruct raw = RawStruct.read(source, "kdump-compressed header", 0, BYTES);
        for (int fieldsAt : FIELDS_AT) {
            for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
                RawStruct ordered = raw.order(order);
                if (isPlausible(ordered, fieldsAt)) {
                    return parse(ordered, fieldsAt);
                }
            }
        }
        throw new DumpException(source.name() + ": the kdump-compressed header gives no block size from 4096 to 65536"
                + " and no size of its sub header at any place where a known writer puts them; the file is damaged");
    }

    /// `block_size` alone could be a time by accident; together with `sub_hdr_size` it cannot.
    private static boolean isPlausible(RawStruct raw, int fieldsAt) {
        int blockBytes = raw.i32(fieldsAt + 4);
        int subHeaderBlocks = raw.i32(fieldsAt + 8);
        return Integer.bitCount(blockBytes) == 1
                && blockBytes >= 4096
                && blockBytes <= 65536
                && subHeaderBlocks >= 1
                && subHeaderBlocks < 1 << 20;
    }

    private static KdumpHeader parse(RawStruct raw, int fieldsAt) throws DumpException {
        int version = raw.i32(8);
        if (version < 0 || version > 1000) {
            throw raw.damaged("header_version", 8, "is " + version + ", expected 0 to " + NEWEST_VERSION);
        }
        return new KdumpHeader(
                raw,
                fieldsAt,
                version,
                new Utsname(uts(raw, 0), uts(raw, 1), uts(raw, 2), uts(raw, 3), uts(raw, 4), uts(raw, 5)),
                crashTime(raw, fieldsAt),
                raw.i32(fieldsAt),
                Integer.numberOfTrailingZeros(raw.i32(fieldsAt + 4)),
                raw.u32(fieldsAt + 8),
                raw.u32Within("bitmap_blocks", fieldsAt + 12, 1, 0xffff_ffffL),
                raw.u32(fieldsAt + 16),
                raw.i32(fieldsAt + 36));
    }

    private static Optional<CrashTime> crashTime(RawStruct raw, int fieldsAt) {
        boolean narrow = fieldsAt == 412;
        long seconds = narrow ? raw.u32(fieldsAt - 8) : raw.i64(fieldsAt - 16);
        long microseconds = narrow ? raw.i32(fieldsAt - 4) : raw.i64(fieldsAt - 8);
        return seconds > 0 ? Optional.of(CrashTime.ofTimeval(seconds, microseconds)) : Optional.empty();
    }

    private static String uts(RawStruct raw, int field) {
        return raw.text(12 + field * UTSNAME_FIELD, UTSNAME_FIELD);
    }

    ByteOrder order() {
        return raw.order();
    }

    int blockBytes() {
        return 1 << blockShift;
    }

    boolean incomplete() {
        return (status & STATUS_INCOMPLETE) != 0;
    }

    /// The ABIs that can have `status` where this file has it, the likeliest first.
    KdumpAbi[] possibleAbis() {
        return switch (fieldsAt) {
            case 412 -> new KdumpAbi[] {KdumpAbi.ILP32_4, KdumpAbi.ILP32_8};
            case 420 -> new KdumpAbi[] {KdumpAbi.ILP32_4};
            default -> new KdumpAbi[] {KdumpAbi.LP64, KdumpAbi.ILP32_8};
        };
    }
}
