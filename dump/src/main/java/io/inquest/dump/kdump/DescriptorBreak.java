package io.inquest.dump.kdump;

import io.inquest.dump.Warnings;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.trailer.Section;
import io.inquest.dump.trailer.Shift;
import io.inquest.dump.trailer.Trailer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Where bytes are missing among the page descriptors of a dump of Inquest. Each descriptor leads to where
/// the one before ended: in place as far as that holds from the first of them on, moved as far as it holds
/// from the last one back.
///
/// Descriptors of the page that all pages of zeros share are no links of that chain. If nothing but those is
/// missing, the checksum tells where.
final class DescriptorBreak {

    private final PageTable here;
    private final PageTable there;
    private final long count;
    private final long dataEnd;

    /// The last page ends at `dataEnd`.
    private DescriptorBreak(PageTable here, PageTable there, long dataEnd) throws IOException {
        this.here = here;
        this.there = there;
        this.count = here.storedPages();
        this.dataEnd = dataEnd;
    }

    /// The part of `around`, in which the break is, that is not known to be in place or moved; all of it, if
    /// the break is not among descriptors, or may be anywhere there.
    static Trailer.Extent narrowed(Shift shift, Trailer.Extent around) throws IOException {
        if (shift.bytes() > 0 || around.start() == around.end()) {
            return around;
        }
        PageTable here = open(shift.undone(new Trailer.Extent(around.end(), around.end())))
                .table();
        KdumpDump moved = open(shift.undone(new Trailer.Extent(around.start(), around.start())));
        long end = here.descriptorsAt() + PageDescriptors.BYTES * here.describableFrames();
        if (around.start() < here.descriptorsAt() || around.end() > end) {
            return around;
        }
        Optional<Trailer.Extent> zeros = shift.missing(around, zeroPageDescriptor(here, around));
        return zeros.isPresent()
                ? zeros.get()
                : new DescriptorBreak(here, moved.table(), dataEnd(moved)).between(shift, around);
    }

    private static KdumpDump open(ByteSource source) throws IOException {
        return new KdumpFormat().openKdump(source, Warnings.NONE);
    }

    /// Where the last page ends: text of erased data is behind it.
    private static long dataEnd(KdumpDump dump) throws IOException {
        long end = 0;
        if (dump.trailer().isPresent()) {
            end = dump.trailer()
                    .get()
                    .extentOf(Section.DATA)
                    .map(Trailer.Extent::end)
                    .orElse(0L);
        }
        return end - dump.header().eraseInfo().orElse("").length();
    }

    /// What a descriptor of a page of zeros has from its byte on that is the first of `around`.
    private static byte[] zeroPageDescriptor(PageTable table, Trailer.Extent around) throws IOException {
        ByteBuffer descriptor = ByteBuffer.allocate(2 * PageDescriptors.BYTES).order(table.order());
        for (int at = 0; at < descriptor.limit(); at += PageDescriptors.BYTES) {
            descriptor.putLong(at, table.dataAt()).putInt(at + Long.BYTES, table.pageBytes());
        }
        byte[] pattern = new byte[PageDescriptors.BYTES];
        descriptor.get((int) ((around.start() - table.descriptorsAt()) % PageDescriptors.BYTES), pattern);
        return pattern;
    }

    private Trailer.Extent between(Shift shift, Trailer.Extent around) throws IOException {
        long start = Math.max(around.start(), place(inPlaceUntil()));
        long end = Math.min(around.end(), place(movedFrom()));
        boolean isAmbiguous = end - start < -shift.bytes();
        return isAmbiguous ? around : new Trailer.Extent(start, end);
    }

    private long place(long index) {
        return here.descriptorsAt() + index * PageDescriptors.BYTES;
    }

    /// The last descriptor in place that leads to where the one before it ended: all before it are right.
    private long inPlaceUntil() throws IOException {
        long expected = here.firstPageAt();
        StoredPlaces places = new StoredPlaces();
        long right = 0;
        for (long index = 0; index < count; index++) {
            Descriptor one = Descriptor.of(here, index);
            if (one.isIn(expected, here.pageBytes())) {
                right = index;
                expected = one.end();
                places.add(one.offset(), one.size(), one.flags(), one.offset());
            } else if (!one.isEmpty()
                    && !here.isZeroPage(one.offset(), one.size(), one.flags())
                    && places.find(one.offset(), one.size(), one.flags()) == StoredPlaces.NOWHERE) {
                break;
            }
        }
        return right;
    }

    /// The first moved descriptor that leads to a page that ends where that of the next one begins: all from
    /// it on are right.
    private long movedFrom() throws IOException {
        long right = count;
        long next = dataEnd;
        for (long index = count - 1; index >= 0; index--) {
            Descriptor one = Descriptor.of(there, index);
            boolean isShared = there.isZeroPage(one.offset(), one.size(), one.flags()) || one.end() < next;
            if (one.end() == next) {
                right = index;
                next = one.offset();
            } else if (!isShared && !one.isEmpty()) {
                break;
            }
        }
        return right;
    }

    /// The fields of one.
    private record Descriptor(long offset, int size, int flags, long pageFlags) {

        static Descriptor of(PageTable table, long index) throws IOException {
            PageDescriptors.Block block = table.descriptors().block(index);
            int at = PageDescriptors.indexInBlock(index);
            return new Descriptor(block.offset(at), block.size(at), block.flags(at), block.pageFlags(at));
        }

        long end() {
            return offset + size;
        }

        boolean isEmpty() {
            return offset == 0 && size == 0 && flags == 0 && pageFlags == 0;
        }

        boolean isIn(long place, int pageBytes) {
            return offset == place && size > 0 && size <= pageBytes && pageFlags == 0;
        }
    }
}
