package io.inquest.kernel.arch.x86_64;

import io.inquest.dump.PageState;
import io.inquest.kernel.Hex;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.WalkStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One way down the tables, and where it ended. Reused from walk to walk by one thread.
final class Walk {

    enum Outcome {
        MAPPED,
        NOT_PRESENT,
        TABLE_UNREADABLE,
        NOT_CANONICAL
    }

    private final long[] entryAddresses = new long[PageTables.MAX_LEVELS];
    private final long[] entries = new long[PageTables.MAX_LEVELS];
    private final int levels;
    private int steps;
    private Outcome outcome = Outcome.NOT_CANONICAL;
    private long virtual;
    private long physical;
    private long bytes;
    private PageState tableState = PageState.STORED;

    Walk(int levels) {
        this.levels = levels;
    }

    void begin(long virtualAddress) {
        virtual = virtualAddress;
        steps = 0;
    }

    void step(long entryAddress, long entry) {
        entryAddresses[steps] = entryAddress;
        entries[steps] = entry;
        steps++;
    }

    void mapped(long physicalAddress, long runBytes) {
        outcome = Outcome.MAPPED;
        physical = physicalAddress;
        bytes = runBytes;
    }

    void notPresent(long runBytes) {
        outcome = Outcome.NOT_PRESENT;
        bytes = runBytes;
    }

    void notCanonical(long runBytes) {
        outcome = Outcome.NOT_CANONICAL;
        bytes = runBytes;
    }

    /// `tableAddress` is the table that should have been read next.
    void tableUnreadable(long tableAddress, PageState state, long runBytes) {
        outcome = Outcome.TABLE_UNREADABLE;
        physical = tableAddress;
        tableState = state;
        bytes = runBytes;
    }

    Outcome outcome() {
        return outcome;
    }

    boolean isMapped() {
        return outcome == Outcome.MAPPED;
    }

    /// Physical address of the virtual one, once it is mapped.
    long physical() {
        return physical;
    }

    /// Bytes from the virtual address on for which the outcome holds.
    long bytes() {
        return bytes;
    }

    /// Why memory that is not mapped cannot be read.
    PageState state() {
        return outcome == Outcome.TABLE_UNREADABLE ? tableState : PageState.ABSENT;
    }

    Mapping toMapping(long runBytes) {
        return switch (outcome) {
            case MAPPED -> new Mapping.Mapped(virtual, physical, runBytes, steps());
            case NOT_PRESENT, NOT_CANONICAL -> new Mapping.NotPresent(virtual, runBytes, steps());
            case TABLE_UNREADABLE -> new Mapping.TableUnreadable(virtual, runBytes, steps(), describeEnd());
        };
    }

    private List<WalkStep> steps() {
        List<WalkStep> list = new ArrayList<>(steps);
        for (int i = 0; i < steps; i++) {
            list.add(new WalkStep(PageTables.levelName(levels, i), entryAddresses[i], entries[i]));
        }
        return List.copyOf(list);
    }

    /// The outcome as the end of a sentence that begins with the virtual address.
    String describeEnd() {
        return switch (outcome) {
            case MAPPED -> "it is mapped to " + Hex.of(physical);
            case NOT_CANONICAL -> "it is not canonical with " + levels + " levels of page tables";
            case NOT_PRESENT ->
                "it is not mapped: its " + PageTables.levelName(levels, steps - 1) + " entry at physical address "
                        + Hex.of(entryAddresses[steps - 1]) + " is " + Hex.of(entries[steps - 1]);
            case TABLE_UNREADABLE ->
                "its " + PageTables.levelName(levels, steps) + " table cannot be read: page frame "
                        + Hex.of(physical >>> PageTables.PAGE_SHIFT) + " is "
                        + tableState.name().toLowerCase(Locale.ROOT);
        };
    }
}
