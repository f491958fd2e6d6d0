package io.inquest.makedumpfile.damage;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Damages specimens in many ways and counts the verdicts, as lines of a Markdown table.
final class DamageCampaign {

    /// Examples of what may not be that are shown for each specimen.
    private static final int SHOWN = 5;

    private final PrintStream out;
    private final int cuts;
    private final int flips;
    private final int runs;
    private final long seed;
    private final List<String> unwanted = new ArrayList<>();

    /// @param cuts for each specimen
    /// @param flips for each specimen; a quarter as many again are sought among the bytes that are no page data
    /// @param runs of zeros in each specimen of ours, in blocks without page data
    DamageCampaign(PrintStream out, int cuts, int flips, int runs, long seed) {
        this.out = out;
        this.cuts = cuts;
        this.flips = flips;
        this.runs = runs;
        this.seed = seed;
        StringBuilder head = new StringBuilder("| specimen | damage | n |");
        StringBuilder rule = new StringBuilder("|---|---|--:|");
        for (Verdict verdict : Verdict.values()) {
            head.append(' ').append(verdict.label()).append(" |");
            rule.append("--:|");
        }
        out.println("seed " + seed);
        out.println(head.append(" MiB |"));
        out.println(rule.append("--:|"));
    }

    /// What may not be, each with the seed and the damage.
    List<String> unwanted() {
        return unwanted;
    }

    void visit(Specimen specimen) throws IOException {
        Trial trial = new Trial(specimen);
        Random random = new Random(seed ^ specimen.name().hashCode());
        List<Spoiling> list = new ArrayList<>();
        for (int i = 0; i < cuts; i++) {
            list.add(Spoiling.cut(specimen, random));
        }
        run(trial, specimen, "cut", list, random);
        list.clear();
        for (int i = 0; i < flips; i++) {
            list.add(Spoiling.flip(specimen, random));
        }
        run(trial, specimen, "flip anywhere", list, random);
        list.clear();
        while (list.size() < flips / 4) {
            Spoiling spoiling = Spoiling.flip(specimen, random);
            if (!trial.isPageData(spoiling)) {
                list.add(spoiling);
            }
        }
        run(trial, specimen, "flip of other than page data", list, random);
        if (specimen.origin() == Specimen.Origin.OURS) {
            run(trial, specimen, "zeros in other than page data", trial.zeros(runs, random), random);
        }
    }

    private void run(Trial trial, Specimen specimen, String damage, List<Spoiling> spoilings, Random random) {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        int shown = 0;
        for (Spoiling spoiling : spoilings) {
            Trial.Result result = trial.of(spoiling, random);
            counts.merge(result.verdict(), 1, Integer::sum);
            if (!result.verdict().isAllowed(specimen.origin()) && shown++ < SHOWN) {
                unwanted.add(specimen.name() + ": " + spoiling + " (seed " + seed + "): "
                        + result.verdict().label() + ": " + result.detail());
            }
        }
        if (trial.mostAllocated() > trial.allowance()) {
            unwanted.add(specimen.name() + " (seed " + seed + "): " + trial.mostAllocated() + " bytes were allocated");
        }
        StringBuilder line = new StringBuilder("| " + specimen.name() + " | " + damage + " | " + spoilings.size());
        for (Verdict verdict : Verdict.values()) {
            int count = counts.getOrDefault(verdict, 0);
            line.append(" | ").append(count == 0 ? "" : count);
        }
        out.println(line + " | " + (trial.mostAllocated() >> 20) + " |");
    }
}
