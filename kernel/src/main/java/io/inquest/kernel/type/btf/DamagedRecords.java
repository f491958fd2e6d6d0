package io.inquest.kernel.type.btf;

import java.util.ArrayList;
import java.util.List;

/// Finds the records of a damaged section again behind each place of damage.
///
/// A record whose length is wrong, or a page that is lost, leaves no trace of where the next record begins, nor of
/// how many there were. The first is told by [RecordCheck], the second by [RecordNumbers]. So all others have their
/// ids again.
final class DamagedRecords {

    private final BtfSection section;
    private final RecordCheck check;
    private final List<RecordRun> runs = new ArrayList<>();
    private Positions run = new Positions();
    private int damageAt;
    private int least;
    private int most;
    private boolean one;

    private DamagedRecords(BtfSection section, RecordCheck check) {
        this.section = section;
        this.check = check;
    }

    /// Where records are and what could not be kept.
    static final class Found {

        private final int[] positions;
        private final int damaged;
        private final boolean toTheEnd;

        private Found(int[] positions, int damaged, boolean toTheEnd) {
            this.positions = positions;
            this.damaged = damaged;
            this.toTheEnd = toTheEnd;
        }

        /// The start of each record, by its number.
        int[] positions() {
            return positions;
        }

        /// How many of them are no types, or not whole.
        int damaged() {
            return damaged;
        }

        /// Whether there are none behind them.
        boolean toTheEnd() {
            return toTheEnd;
        }
    }

    /// Goes through all types of a section; `startId` is the id of the first.
    static Found find(BtfSection section, RecordCheck check, int startId) {
        DamagedRecords records = new DamagedRecords(section, check);
        records.divide();
        return records.number(startId);
    }

    private void divide() {
        int at = section.typesAt();
        while (at < section.typesEnd()) {
            int end = check.end(at);
            if (end >= 0) {
                run.add(at);
                at = end;
            } else {
                at = behindDamage(at);
            }
        }
        endRun();
    }

    /// Where records go on behind a damaged one, the end of the types if nowhere. Either its length is right, or
    /// not; or that of the record before it was too long.
    private int behindDamage(int at) {
        int claimed = check.claimedEnd(at);
        boolean lengthFits = claimed >= 0 && check.beginsRun(claimed);
        int next = lengthFits ? claimed : search(at);
        boolean lastTooLong = next < at;
        int start = lastTooLong ? run.removeLast() : at;
        endRun();
        damageAt = start;
        one = lengthFits;
        least = lastTooLong ? 1 : 0;
        most = Math.max((next - start) / BtfRecords.BYTES, least);
        return next;
    }

    private int search(int at) {
        int next = (run.count() == 0 ? at : run.last()) + BtfRecords.BYTES;
        while (next < section.typesEnd() && !check.beginsRun(next)) {
            next += Integer.BYTES;
        }
        return Math.min(next, section.typesEnd());
    }

    private void endRun() {
        if (run.count() > 0) {
            runs.add(new RecordRun(run.toArray(), damageAt, least, most, one));
            run = new Positions();
        }
    }

    private Found number(int startId) {
        int[] numbers = RecordNumbers.of(section, startId, runs);
        int kept = 0;
        int count = 0;
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] >= 0) {
                kept += runs.get(i).count();
                count = numbers[i] + runs.get(i).count();
            }
        }
        boolean toTheEnd = !runs.isEmpty() && numbers[numbers.length - 1] >= 0 && reachesEnd();
        return new Found(positions(numbers, count), count - kept, toTheEnd);
    }

    private boolean reachesEnd() {
        int end = section.header().typesAt() + section.header().typeBytes();
        return check.claimedEnd(runs.getLast().last()) == end;
    }

    private int[] positions(int[] numbers, int count) {
        int[] positions = new int[count];
        int done = 0;
        int lostAt = section.typesAt();
        for (int i = 0; i < numbers.length; i++) {
            RecordRun each = runs.get(i);
            if (numbers[i] >= 0) {
                fill(positions, done, numbers[i], lostAt, each);
                System.arraycopy(each.positions(), 0, positions, numbers[i], each.count());
                done = numbers[i] + each.count();
                lostAt = check.claimedEnd(each.last());
            }
        }
        return positions;
    }

    /// Of a damaged record alone the place is known, and it keeps what is right in it. Several are lost: what was
    /// there is cleared, so that they are of kind 0.
    private void fill(int[] positions, int from, int to, int lostAt, RecordRun before) {
        if (to - from == 1 && before.damageAt() == lostAt && check.claimedEnd(lostAt) == before.start()) {
            positions[from] = lostAt;
            return;
        }
        if (to > from) {
            section.clear(lostAt, before.start());
        }
        for (int i = from; i < to; i++) {
            positions[i] = lostAt + (i - from) * BtfRecords.BYTES;
        }
    }
}
