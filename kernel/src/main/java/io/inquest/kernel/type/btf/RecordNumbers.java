package io.inquest.kernel.type.btf;

import io.inquest.kernel.type.btf.RecordReferences.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;

/// Tells how many records are missing between runs, by what records say of each other's kinds.
///
/// Every function has a prototype, every array an integer as index: of all numbers that a run could begin with, one
/// makes all of its references right, and those of others into it. A run whose number remains doubtful is given up.
final class RecordNumbers {

    /// How much better than any other the number has to fit that is believed: a few references more.
    private static final int MARGIN = 8;

    /// References that are tried at most, times numbers that are tried: a tenth of a second.
    private static final long MOST_TRIALS = 10_000_000;

    private static final int LIKELY_NUMBER = 2 * MARGIN;

    /// In the first long runs are placed, and then those between them.
    private static final int PASSES = 3;

    /// One wrong reference among that many right ones may be damage.
    private static final int RIGHT_PER_WRONG = 200;

    private static final int WRONG = -30;
    private static final int LIKELY = 1;
    private static final int TELLING = 3;

    private final BtfSection section;
    private final int startId;
    private final List<RecordRun> runs;
    private final List<RecordReferences> references = new ArrayList<>();

    /// The number that each run begins with, -1 where that is not known.
    private final int[] numbers;

    private RecordNumbers(BtfSection section, int startId, List<RecordRun> runs) {
        this.section = section;
        this.startId = startId;
        this.runs = runs;
        this.numbers = new int[runs.size()];
        Arrays.fill(numbers, -1);
        for (RecordRun run : runs) {
            references.add(RecordReferences.of(section, run));
        }
    }

    /// The number of the first record of each run, counted from 0; -1 where it is doubtful.
    ///
    /// Long runs tell their numbers best, and leave short ones between them little choice.
    static int[] of(BtfSection section, int startId, List<RecordRun> runs) {
        RecordNumbers found = new RecordNumbers(section, startId, runs);
        List<Integer> longestFirst = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            longestFirst.add(i);
        }
        longestFirst.sort(Comparator.comparingInt(i -> -runs.get(i).count()));
        for (int pass = 0; pass < PASSES; pass++) {
            longestFirst.forEach(found::number);
        }
        return found.numbers;
    }

    private void number(int index) {
        if (numbers[index] >= 0) {
            return;
        }
        int low = lowest(index);
        int high = highest(index);
        if (low == high) {
            numbers[index] = low;
        } else if (low < high) {
            numbers[index] = best(index, low, high);
        }
    }

    /// The lowest number that leaves room for what is before.
    private int lowest(int index) {
        int between = runs.get(index).leastBefore();
        for (int i = index - 1; i >= 0; i--) {
            between += runs.get(i).count();
            if (numbers[i] >= 0) {
                return numbers[i] + between;
            }
            between += runs.get(i).leastBefore();
        }
        return between;
    }

    /// The highest number that what is before and behind allows.
    private int highest(int index) {
        int between = runs.get(index).mostBefore();
        int most = -1;
        for (int i = index - 1; i >= 0 && most < 0; i--) {
            between += runs.get(i).count();
            if (numbers[i] >= 0) {
                most = numbers[i] + between;
            }
            between += runs.get(i).mostBefore();
        }
        most = most < 0 ? between : most;
        int behind = 0;
        for (int i = index + 1; i < runs.size(); i++) {
            behind += runs.get(i - 1).count() + runs.get(i).leastBefore();
            if (numbers[i] >= 0) {
                return Math.min(most, numbers[i] - behind);
            }
        }
        return most;
    }

    /// The number if but one record is damaged before it, -1 where that is not likely.
    private int likely(int index) {
        return index > 0 && numbers[index - 1] >= 0 && runs.get(index).oneBefore()
                ? numbers[index - 1] + runs.get(index - 1).count() + 1
                : -1;
    }

    /// The number by which a run fits best, -1 when several do as well.
    private int best(int index, int low, int high) {
        RunFit fit = new RunFit(index, low, high);
        int likely = likely(index);
        int best = -1;
        int most = 0;
        int second = 0;
        for (int number = low; number <= high; number++) {
            int score = fit.score(number) + (number == likely ? LIKELY_NUMBER : 0);
            if (score > most) {
                second = most;
                most = score;
                best = number;
            } else if (score > second) {
                second = score;
            }
        }
        return most - second >= MARGIN && fit.isConvincing(best) ? best : -1;
    }

    /// How well a run fits at each number.
    private final class RunFit {

        private final int[] kinds;
        private final int[] bits;
        private final Positions at = new Positions();
        private final List<Target> targets = new ArrayList<>();
        private final Positions room = new Positions();
        private final EnumMap<Target, BitSet> seen = new EnumMap<>(Target.class);
        private final int step;
        private int right;
        private int wrong;

        RunFit(int index, int low, int high) {
            int[] positions = runs.get(index).positions();
            kinds = new int[positions.length];
            bits = new int[positions.length];
            for (int i = 0; i < positions.length; i++) {
                int kind = BtfRecords.kindOf(section.word(positions[i] + Integer.BYTES));
                kinds[i] = kind;
                bits[i] = BtfKind.isIn(BtfKind.SIZED, kind) ? section.word(positions[i] + 8) * Byte.SIZE : 0;
            }
            for (int i = 0; i < runs.size(); i++) {
                if (i == index || numbers[i] >= 0) {
                    collect(references.get(i), low, high + positions.length);
                }
            }
            step = (int) Math.max(1, (long) at.count() * (high - low + 1) / MOST_TRIALS);
        }

        /// References that may lead into the run. Of all to one record one counts: if that record is damaged, all
        /// of them are wrong.
        private void collect(RecordReferences from, int low, int end) {
            for (int i = 0; i < from.count(); i++) {
                int number = from.id(i) - startId;
                if (number >= low && number < end && isNew(from.target(i), number - low)) {
                    at.add(number);
                    targets.add(from.target(i));
                    room.add(from.room(i));
                }
            }
        }

        private boolean isNew(Target target, int number) {
            BitSet numbersSeen = seen.computeIfAbsent(target, ignored -> new BitSet());
            boolean isNew = !numbersSeen.get(number);
            numbersSeen.set(number);
            return isNew;
        }

        /// Damage makes few references wrong, a wrong number many.
        boolean isConvincing(int number) {
            score(number);
            return wrong <= 1 + right / RIGHT_PER_WRONG;
        }

        int score(int number) {
            int score = 0;
            right = 0;
            wrong = 0;
            for (int i = 0; i < at.count(); i += step) {
                int inRun = at.get(i) - number;
                if (inRun >= 0 && inRun < kinds.length) {
                    int points = score(targets.get(i), room.get(i), inRun);
                    score += points;
                    right += points > 0 ? 1 : 0;
                    wrong += points > 0 ? 0 : 1;
                }
            }
            return score;
        }

        private int score(Target target, int bitsOfRoom, int inRun) {
            int unused = bitsOfRoom - bits[inRun];
            boolean sized = bitsOfRoom > 0 && bits[inRun] > 0;
            if (!target.mayBe(kinds[inRun]) || (sized && unused < 0)) {
                return WRONG;
            }
            return target.isTelling() || (sized && unused < Long.SIZE) ? TELLING : LIKELY;
        }
    }
}
