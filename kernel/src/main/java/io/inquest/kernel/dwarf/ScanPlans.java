package io.inquest.kernel.dwarf;

import io.inquest.kernel.Hex;
import io.inquest.kernel.elf.SectionFault;
import org.jspecify.annotations.Nullable;

/// The plans for the abbreviations of a unit, made when an entry first needs them.
final class ScanPlans {

    private final UnitHeader unit;
    private final Abbreviations abbreviations;
    private final @Nullable ScanPlan[] byCode;

    ScanPlans(UnitHeader unit, Abbreviations abbreviations) {
        this.unit = unit;
        this.abbreviations = abbreviations;
        this.byCode = new ScanPlan[abbreviations.largestCode() + 1];
    }

    ScanPlan plan(long code, long entryAt) {
        if (code >= byCode.length) {
            return make(code, entryAt);
        }
        ScanPlan plan = byCode[(int) code];
        if (plan == null) {
            plan = make(code, entryAt);
            byCode[(int) code] = plan;
        }
        return plan;
    }

    private ScanPlan make(long code, long entryAt) {
        return ScanPlan.of(abbreviation(code, entryAt), unit);
    }

    Abbreviation abbreviation(long code, long entryAt) {
        Abbreviation abbreviation = abbreviations.find(code);
        if (abbreviation == null) {
            throw new SectionFault("the entry at " + Hex.of(entryAt) + " of the unit at " + Hex.of(unit.start())
                    + " has the unknown abbreviation " + Long.toUnsignedString(code));
        }
        return abbreviation;
    }
}
