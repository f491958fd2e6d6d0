package io.inquest.kernel.dwarf;

import io.inquest.kernel.Hex;
import io.inquest.kernel.elf.SectionCursor;
import io.inquest.kernel.elf.SectionFault;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The call frame information of a file: `.debug_frame`, or `.eh_frame` where there is only that. For one thread
/// at a time.
///
/// Each function has a frame description entry (FDE): length, its [CommonInformation] (offset in the section; in
/// `.eh_frame` the distance back to it), start and length of the code, and instructions.
final class CallFrames {

    private static final int MOST_FUNCTIONS = 1 << 22;

    /// How `.eh_frame` writes addresses: format in the low 4 bits, what it is relative to above.
    private static final int RELATIVE_TO_PLACE = 0x10;

    /// A function's code and where its entry is.
    private record Description(long low, long high, long instructions, long end, long common) {}

    /// Where a row was found, and what it takes to use it.
    record Found(UnwindRow row, CommonInformation common) {}

    private final SectionCursor cursor;
    private final boolean isExceptionFrame;
    private final long sectionAddress;
    private final int addressBytes;
    private final Map<Long, CommonInformation> commons = new HashMap<>();
    private Description[] functions = new Description[256];
    private int count;

    private CallFrames(SectionCursor cursor, boolean isExceptionFrame, long sectionAddress, int addressBytes) {
        this.cursor = cursor;
        this.isExceptionFrame = isExceptionFrame;
        this.sectionAddress = sectionAddress;
        this.addressBytes = addressBytes;
    }

    /// Empty where the file has none.
    static Optional<CallFrames> of(Dwarf dwarf) {
        DebugSections sections = dwarf.file(0).sections();
        for (String name : new String[] {".debug_frame", ".eh_frame"}) {
            if (sections.find(name).filter(section -> section.size() > 0).isPresent()) {
                SectionCursor cursor = sections.cursor(name, SectionCursor.LARGE_WINDOW);
                long address = dwarf.object()
                        .section(name)
                        .map(section -> dwarf.object().addressOf(section))
                        .orElse(0L);
                CallFrames frames = new CallFrames(
                        cursor,
                        name.equals(".eh_frame"),
                        address,
                        dwarf.object().wordBytes());
                frames.readAll();
                return Optional.of(frames);
            }
        }
        return Optional.empty();
    }

    private void readAll() {
        try {
            while (cursor.hasRemaining() && count < MOST_FUNCTIONS) {
                readEntry();
            }
        } catch (SectionFault damaged) {
            // Those before are whole.
        }
        functions = Arrays.copyOf(functions, count);
        Arrays.sort(functions, Comparator.comparingLong(each -> each.low() ^ Long.MIN_VALUE));
    }

    private void readEntry() {
        long start = cursor.position();
        long length = cursor.u32();
        boolean is64 = length == 0xffff_ffffL;
        length = is64 ? cursor.i64() : length;
        long end = cursor.position() + length;
        if (length < 0 || end > cursor.size()) {
            throw new SectionFault(cursor.name() + ": the entry at " + Hex.of(start) + " reaches behind its end");
        }
        if (length > 0) {
            long idAt = cursor.position();
            long id = is64 ? cursor.i64() : cursor.u32();
            boolean isCommon = isExceptionFrame ? id == 0 : id == (is64 ? -1 : 0xffff_ffffL);
            if (!isCommon) {
                readFunction(isExceptionFrame ? idAt - id : id, end);
            }
        }
        cursor.seek(end);
    }

    private void readFunction(long commonAt, long end) {
        CommonInformation common = common(commonAt);
        long low = address(common.pointers());
        long bytes = address(common.pointers() & 0xf);
        if (common.hasAugmentationData()) {
            cursor.skip(cursor.uleb());
        }
        if (count == functions.length) {
            functions = Arrays.copyOf(functions, 2 * count);
        }
        functions[count++] = new Description(low, low + bytes, cursor.position(), end, commonAt);
    }

    private CommonInformation common(long at) {
        CommonInformation known = commons.get(at);
        if (known == null) {
            long back = cursor.position();
            known = readCommon(at);
            commons.put(at, known);
            cursor.seek(back);
        }
        return known;
    }

    private CommonInformation readCommon(long at) {
        cursor.seek(at);
        long length = cursor.u32();
        boolean is64 = length == 0xffff_ffffL;
        length = is64 ? cursor.i64() : length;
        long end = cursor.position() + length;
        cursor.skip(is64 ? 8 : 4);
        int version = cursor.u8();
        if (version != 1 && version != 3 && version != 4) {
            throw new SectionFault(cursor.name() + ": the entry at " + Hex.of(at) + " is of version " + version
                    + ", expected 1, 3 or 4");
        }
        String augmentation = cursor.string();
        int bytes = addressBytes;
        if (version == 4) {
            bytes = cursor.u8();
            cursor.skip(1);
        }
        long codeAlignment = cursor.uleb();
        long dataAlignment = cursor.sleb();
        int returnAddress = (int) (version == 1 ? cursor.u8() : cursor.uleb());
        boolean hasData = augmentation.startsWith("z");
        int pointers = 0;
        long instructions = cursor.position();
        if (hasData) {
            long dataBytes = cursor.uleb();
            instructions = cursor.position() + dataBytes;
            pointers = pointerFormat(augmentation);
        }
        boolean signal = augmentation.indexOf('S') >= 0;
        return new CommonInformation(
                codeAlignment, dataAlignment, returnAddress, bytes, hasData, pointers, signal, instructions, end);
    }

    /// Goes over the data that the letters of the augmentation stand for up to `R`.
    private int pointerFormat(String augmentation) {
        for (int i = 1; i < augmentation.length(); i++) {
            switch (augmentation.charAt(i)) {
                case 'R' -> {
                    return cursor.u8();
                }
                case 'L' -> cursor.skip(1);
                case 'P' -> address(cursor.u8());
                default -> {
                    // S and B have no data.
                }
            }
        }
        return 0;
    }

    private long address(int format) {
        long place = sectionAddress + cursor.position();
        long value = switch (format & 0xf) {
            case 0x0 -> cursor.unsigned(addressBytes);
            case 0x1 -> cursor.uleb();
            case 0x2 -> cursor.u16();
            case 0x3 -> cursor.u32();
            case 0x9 -> cursor.sleb();
            case 0xa -> (short) cursor.u16();
            case 0xb -> cursor.i32();
            case 0x4, 0xc -> cursor.i64();
            default ->
                throw new SectionFault(cursor.name() + ": addresses of the unknown format " + Hex.of(format)
                        + " before " + Hex.of(cursor.position()));
        };
        return (format & 0x70) == RELATIVE_TO_PLACE ? place + value : value;
    }

    /// Number of functions that it covers.
    int functions() {
        return count;
    }

    /// The row for the code at an address; empty where no function covers it.
    Optional<Found> at(long address) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(functions[middle].low(), address) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0 || Long.compareUnsigned(address, functions[low - 1].high()) >= 0) {
            return Optional.empty();
        }
        Description function = functions[low - 1];
        CommonInformation common = common(function.common());
        cursor.seek(function.instructions());
        return Optional.of(
                new Found(CallFrameProgram.run(cursor, common, function.low(), address, function.end()), common));
    }

    /// The section's bytes, for the expressions that rows refer to.
    SectionCursor section() {
        return cursor;
    }
}
