package io.inquest.dump.split;

import io.inquest.dump.Completeness;
import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.DumpHeader;
import io.inquest.dump.Machine;
import io.inquest.dump.Note;
import io.inquest.dump.PfnRange;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.Warnings;
import io.inquest.dump.verify.Finding;
import io.inquest.dump.verify.Findings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Several parts of a split set as one dump, without putting them together first.
///
/// Each part is a kdump-compressed file with headers and bitmaps of the whole dump and the pages of one range of page
/// frames. Frames that no part holds are lost, and the dump says that it is incomplete.
public final class SplitSet implements Dump {

    private final List<Dump> parts;
    private final SplitMemory memory;
    private final List<String> gaps;

    private SplitSet(List<Dump> parts, SplitMemory memory, List<String> gaps) {
        this.parts = parts;
        this.memory = memory;
        this.gaps = gaps;
    }

    /// Joins opened parts, given in any order. The set closes them; if this throws, the caller does.
    public static Dump of(List<Dump> opened, Warnings warnings) throws IOException {
        Dump first = opened.getFirst();
        for (Dump dump : opened) {
            if (dump.header().part().isEmpty()) {
                throw new DumpException(dump.name() + ": is no part of a split set, so it cannot be opened together"
                        + " with other files; open it alone");
            }
            checkSameDump(first, dump);
        }
        List<Dump> parts = new ArrayList<>(opened);
        parts.sort(Comparator.comparingLong((Dump dump) -> range(dump).startPfn())
                .thenComparingLong(dump -> range(dump).endPfn()));
        checkDisjoint(parts);
        List<String> gaps = gaps(parts);
        for (String gap : gaps) {
            warnings.warn(gap);
        }
        return new SplitSet(List.copyOf(parts), new SplitMemory(parts), gaps);
    }

    private static void checkSameDump(Dump first, Dump other) throws DumpException {
        DumpHeader one = first.header();
        DumpHeader two = other.header();
        boolean same = first.machine().equals(other.machine())
                && first.memory().endPfn() == other.memory().endPfn()
                && one.utsname().equals(two.utsname())
                && one.crashTime().equals(two.crashTime())
                && one.dumpLevel().equals(two.dumpLevel())
                && one.physBase().equals(two.physBase());
        if (!same) {
            throw new DumpException(other.name() + ": is a part of another dump than " + first.name()
                    + " (kernel, time of the crash, dump level or size of memory differ)");
        }
    }

    private static void checkDisjoint(List<Dump> parts) throws DumpException {
        for (int i = 1; i < parts.size(); i++) {
            if (range(parts.get(i)).startPfn() < range(parts.get(i - 1)).endPfn()
                    && range(parts.get(i)).frames() > 0) {
                throw new DumpException(parts.get(i).name() + " and "
                        + parts.get(i - 1).name() + ": hold the same page frames (0x"
                        + Long.toHexString(range(parts.get(i)).startPfn()) + "); give each part once");
            }
        }
    }

    private static List<String> gaps(List<Dump> parts) {
        List<String> gaps = new ArrayList<>();
        long at = 0;
        for (Dump part : parts) {
            addGap(at, range(part).startPfn(), range(part).frames(), gaps);
            at = Math.max(at, range(part).frames() == 0 ? at : range(part).endPfn());
        }
        addGap(at, parts.getFirst().memory().endPfn(), 1, gaps);
        return List.copyOf(gaps);
    }

    private static void addGap(long start, long end, long frames, List<String> gaps) {
        if (start < end && frames > 0) {
            gaps.add("the part of the split set with page frames 0x" + Long.toHexString(start) + " to 0x"
                    + Long.toHexString(end - 1) + " is missing");
        }
    }

    static PfnRange range(Dump part) {
        return part.header().part().orElseThrow();
    }

    @Override
    public String name() {
        StringBuilder names = new StringBuilder();
        for (Dump part : parts) {
            names.append(names.isEmpty() ? "" : ", ").append(part.name());
        }
        return names.toString();
    }

    @Override
    public Machine machine() {
        return parts.getFirst().machine();
    }

    @Override
    public PhysicalMemory memory() {
        return memory;
    }

    @Override
    public List<Note> notes() {
        return parts.getFirst().notes();
    }

    @Override
    public DumpHeader header() {
        DumpHeader header = parts.getFirst().header().withPart(Optional.empty());
        return header.withFormat(header.format() + ", split in " + parts.size());
    }

    @Override
    public Completeness completeness() {
        List<String> losses = new ArrayList<>(gaps);
        List<String> dispensable = new ArrayList<>();
        for (Dump part : parts) {
            addNamed(part, part.completeness().losses(), losses);
            addNamed(part, part.completeness().dispensable(), dispensable);
        }
        return new Completeness(losses, dispensable);
    }

    /// That a part is one is no loss of the set.
    private static void addNamed(Dump part, List<String> ofPart, List<String> ofSet) {
        String isPart = partRemark(range(part), part.memory().endPfn());
        for (String sentence : ofPart) {
            if (!sentence.equals(isPart)) {
                ofSet.add(part.name() + ": " + sentence);
            }
        }
    }

    @Override
    public void examine(Findings findings) throws IOException {
        for (String gap : gaps) {
            findings.add(Finding.missing("split set", gap));
        }
        for (Dump part : parts) {
            String isPart = partRemark(range(part), part.memory().endPfn());
            Findings ofPart = new Findings();
            part.examine(ofPart);
            for (Finding finding : ofPart.all()) {
                if (!finding.reason().equals(isPart)) {
                    findings.add(finding.in(part.name() + ": "));
                }
            }
        }
    }

    /// What a part that is opened alone says of itself.
    public static String partRemark(PfnRange part, long endPfn) {
        if (part.startPfn() == part.endPfn()) {
            return "it is one part of a split set and holds no page frames: the other parts hold all of them";
        }
        return "it is one part of a split set and holds page frames 0x" + Long.toHexString(part.startPfn())
                + " up to 0x" + Long.toHexString(part.endPfn()) + " of 0x" + Long.toHexString(endPfn);
    }

    @Override
    public void close() throws IOException {
        Optional<IOException> failure = Optional.empty();
        for (Dump part : parts) {
            try {
                part.close();
            } catch (IOException failed) {
                failure = Optional.of(failure.orElse(failed));
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }
}
