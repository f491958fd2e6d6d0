package io.inquest.dump.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// The stored forms of a batch of pages, packed one behind the other as a dumpfile holds them.
///
/// One object serves batch after batch and nothing in it is allocated again: [#start] empties it, [#leaveOut]
/// names pages of the batch that are not wanted, and [PageCompressor#compress] fills it.
///
/// A page's stored size tells all about it: 0 bytes, it was left out; a whole page, it is stored as it is;
/// anything between, it is compressed. So a stored page is never larger than the page.
public final class PackedPages {

    private final int pageBytes;
    private final ByteBuffer data;
    private final int[] storedBytes;
    private final boolean[] leftOut;
    private final boolean[] lost;
    private final long[] names;
    private int count;
    private Compression compression = Compression.NONE;

    /// Makes room for batches of up to `mostPages` pages of `pageBytes` bytes.
    public PackedPages(int pageBytes, int mostPages) {
        this.pageBytes = pageBytes;
        this.data = ByteBuffer.allocateDirect(Math.multiplyExact(pageBytes, mostPages));
        this.storedBytes = new int[mostPages];
        this.leftOut = new boolean[mostPages];
        this.lost = new boolean[mostPages];
        this.names = new long[2 * mostPages];
    }

    public int pageBytes() {
        return pageBytes;
    }

    public int mostPages() {
        return storedBytes.length;
    }

    /// Begins a batch of `pages` pages, none of them left out.
    public void start(int pages) {
        if (pages < 0 || pages > storedBytes.length) {
            throw new IllegalArgumentException(
                    "a batch of " + pages + " pages where at most " + storedBytes.length + " have room");
        }
        count = pages;
        Arrays.fill(storedBytes, 0, pages, 0);
        Arrays.fill(leftOut, 0, pages, false);
        Arrays.fill(lost, 0, pages, false);
        data.clear().limit(0);
    }

    /// Marks a page of the started batch as not wanted: it will take no bytes.
    public void leaveOut(int page) {
        leftOut[page] = true;
    }

    /// Marks a page of the started batch as one whose contents could not be read: it will take no bytes.
    public void lose(int page) {
        leftOut[page] = true;
        lost[page] = true;
    }

    public boolean isLost(int page) {
        return lost[page];
    }

    /// The number of pages in this batch, those left out included.
    public int count() {
        return count;
    }

    public boolean isLeftOut(int page) {
        return leftOut[page];
    }

    /// The size of a page's stored form; 0 if it was left out.
    public int storedBytes(int page) {
        return storedBytes[page];
    }

    /// How a page is stored: the compressor's compression, or NONE if that did not make the page smaller.
    public Compression compression(int page) {
        return storedBytes[page] < pageBytes ? compression : Compression.NONE;
    }

    /// All stored pages in order, from position 0 to the limit; the caller may move the position while writing.
    public ByteBuffer data() {
        return data;
    }

    /// The first half of the name that a [PageHasher] gave to the stored form of a page.
    public long firstName(int page) {
        return names[2 * page];
    }

    /// The second half.
    public long secondName(int page) {
        return names[2 * page + 1];
    }

    void setName(int page, long first, long second) {
        names[2 * page] = first;
        names[2 * page + 1] = second;
    }

    /// The part of a compressor: where it puts the sizes, by page.
    int[] storedBytes() {
        return storedBytes;
    }

    /// The part of a compressor: the pages it has to pass over.
    boolean[] leftOut() {
        return leftOut;
    }

    /// The part of a compressor: it has filled `totalBytes` bytes of the data.
    void finish(Compression used, int totalBytes) {
        compression = used;
        data.clear().limit(totalBytes);
    }
}
