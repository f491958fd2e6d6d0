package io.inquest.kernel.type.btf;

/// Records one behind the other, behind a place of damage.
final class RecordRun {

    private final int[] positions;
    private final int damageAt;
    private final int leastBefore;
    private final int mostBefore;
    private final boolean oneBefore;

    /// `positions` is where each begins in the section, `damageAt` where the damage before them does, which has at
    /// least and at most so many records; `oneBefore` when it is likely one, whose length is right.
    RecordRun(int[] positions, int damageAt, int leastBefore, int mostBefore, boolean oneBefore) {
        this.positions = positions;
        this.damageAt = damageAt;
        this.leastBefore = leastBefore;
        this.mostBefore = mostBefore;
        this.oneBefore = oneBefore;
    }

    int count() {
        return positions.length;
    }

    int start() {
        return positions[0];
    }

    int last() {
        return positions[positions.length - 1];
    }

    /// Not to be changed.
    int[] positions() {
        return positions;
    }

    int damageAt() {
        return damageAt;
    }

    int leastBefore() {
        return leastBefore;
    }

    int mostBefore() {
        return mostBefore;
    }

    boolean oneBefore() {
        return oneBefore;
    }
}
