package io.inquest.crash.report.render;

import io.inquest.crash.report.AnnotatedFrame;
import java.util.List;

/// Calls that come again and again, as where a stack ran over by recursion: the reader needs them once.
///
/// @param length how many frames come again
/// @param times how often they do
record Repetition(int length, int times) {

    static final Repetition NONE = new Repetition(0, 0);

    /// Functions that call each other in a circle are seldom more.
    private static final int LONGEST = 8;

    private static final int FEWEST = 2;

    /// How often the last frames up to `end` come again right behind it.
    static Repetition behind(List<AnnotatedFrame> frames, int end) {
        for (int length = 1; length <= Math.min(LONGEST, end); length++) {
            int times = 0;
            while (same(frames, end - length, end + times * length, length)) {
                times++;
            }
            if (times >= FEWEST) {
                return new Repetition(length, times);
            }
        }
        return NONE;
    }

    /// How many frames the reader sees.
    static int shown(List<AnnotatedFrame> frames) {
        int shown = 0;
        for (int next = 1;
                next <= frames.size();
                next += 1 + behind(frames, next).frames()) {
            shown++;
        }
        return shown;
    }

    private static boolean same(List<AnnotatedFrame> frames, int first, int second, int length) {
        return second + length <= frames.size()
                && frames.subList(first, first + length).equals(frames.subList(second, second + length));
    }

    int frames() {
        return length * times;
    }

    /// `the same 100 times more`, `these 2 frames 50 times more`.
    String text() {
        return (length == 1 ? "the same " : "these " + length + " frames ") + times + " times more";
    }
}
