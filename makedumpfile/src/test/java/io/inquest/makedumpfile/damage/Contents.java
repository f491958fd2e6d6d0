package io.inquest.makedumpfile.damage;

import io.inquest.dump.Dump;
import io.inquest.dump.Note;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// What a dump says of each page frame: a number for the contents of those that can be read, and one below 0 for each
/// state of the others.
final class Contents {

    /// The frame should be in the dump and cannot be read.
    static final long LOST = -1;

    /// The frame was left out on purpose.
    static final long EXCLUDED = -2;

    /// There is no such memory.
    static final long ABSENT = -3;

    /// Of a dump without frames.
    static final Contents NOTHING = new Contents(new long[0], "");

    private final long[] frames;
    private final String words;

    private Contents(long[] frames, String words) {
        this.frames = frames;
        this.words = words;
    }

    /// Reads all of a dump, but at most `mostFrames`.
    static Contents of(Dump dump, long mostFrames) throws IOException {
        long[] frames = new long[(int) Math.min(dump.memory().endPfn(), mostFrames)];
        FrameReader reader = new FrameReader(dump.memory());
        for (int pfn = 0; pfn < frames.length; pfn += FrameReader.MOST_FRAMES) {
            reader.read(pfn, Math.min(FrameReader.MOST_FRAMES, frames.length - pfn), frames, pfn);
        }
        return new Contents(frames, words(dump));
    }

    /// What the dump says beside its memory.
    static String words(Dump dump) {
        StringBuilder words = new StringBuilder();
        words.append(dump.machine()).append(dump.header());
        words.append(dump.memory().endPfn()).append(dump.memory().segments());
        for (Note note : dump.notes()) {
            byte[] bytes = new byte[note.description().remaining()];
            note.description().get(bytes);
            words.append(note.name()).append(note.type()).append(Arrays.hashCode(bytes));
        }
        return words.toString();
    }

    int frames() {
        return frames.length;
    }

    long frame(int pfn) {
        return frames[pfn];
    }

    String words() {
        return words;
    }

    /// Whether frames that differ are all described by one byte: one page, or eight bits of a bitmap.
    static boolean inOneOctet(List<Long> pfns) {
        return pfns.stream().map(pfn -> pfn >>> 3).distinct().count() <= 1;
    }
}
