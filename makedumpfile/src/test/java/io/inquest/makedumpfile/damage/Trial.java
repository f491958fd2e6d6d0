package io.inquest.makedumpfile.damage;

import io.inquest.dump.Completeness;
import io.inquest.dump.Dump;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.MemorySource;
import io.inquest.testkit.Allocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Reads one specimen again and again, each time with another damage, and compares with what it says undamaged.
///
/// Where the damaged byte is page data, those pages, their neighbours and some others anywhere are compared; where it
/// is anything else, all are.
final class Trial {

    private static final long LEAST_ALLOWANCE = 32 << 20;
    private static final int OTHER_FRAMES = 128;
    private static final int NEIGHBOURS = 2;

    private final Specimen specimen;
    private final Places places;
    private final Contents original;
    private final List<String> usualWarnings = new ArrayList<>();
    private final Completeness usualCompleteness;
    private final List<String> usualFindings;
    private long mostAllocated;

    /// How one damage ended.
    ///
    /// @param detail what was told, or what is wrong
    record Result(Verdict verdict, String detail) {}

    Trial(Specimen specimen) throws IOException {
        this.specimen = specimen;
        this.places = Places.of(specimen);
        try (Dump dump = specimen.open(this::undamaged, usualWarnings::add)) {
            original = Contents.of(dump, Integer.MAX_VALUE);
            usualCompleteness = dump.completeness();
        }
        usualFindings = Check.of(specimen, this::undamaged);
    }

    boolean isPageData(Spoiling spoiling) {
        return !framesOf(spoiling).isEmpty();
    }

    /// The frames of which data is damaged, in runs as well as in one byte.
    private List<Integer> framesOf(Spoiling spoiling) {
        return places.framesWith(spoiling.file(), spoiling.offset(), spoiling.bytes());
    }

    /// Up to `count` sectors and blocks of other than page data that become zeros.
    List<Spoiling> zeros(int count, Random random) {
        List<Spoiling> all = Spoiling.zeros(specimen, places);
        Collections.shuffle(all, random);
        return all.subList(0, Math.min(count, all.size()));
    }

    /// Bytes that one look at a damaged dump may allocate in all, whatever its size fields say: checking its checksums
    /// takes as many as the file has.
    long allowance() {
        return LEAST_ALLOWANCE + 2 * specimen.bytes();
    }

    /// Bytes that the hungriest look so far has allocated.
    long mostAllocated() {
        return mostAllocated;
    }

    Result of(Spoiling spoiling, Random random) {
        long before = Allocation.ofThisThread();
        Result result = look(spoiling, random);
        mostAllocated = Math.max(mostAllocated, Allocation.ofThisThread() - before);
        return result;
    }

    private Result look(Spoiling spoiling, Random random) {
        List<String> warnings = new ArrayList<>();
        try (Dump dump = specimen.open(sources(spoiling), warnings::add)) {
            List<Long> different = new ArrayList<>();
            boolean lost = compare(dump, frames(spoiling, random), different);
            boolean sameWords = Contents.words(dump).equals(original.words());
            boolean told = lost
                    || !warnings.equals(usualWarnings)
                    || !dump.completeness().equals(usualCompleteness);
            if (told) {
                return new Result(
                        Verdict.TOLD, warnings + " " + dump.completeness().remarks());
            }
            List<String> found = Check.of(specimen, sources(spoiling));
            if (!found.equals(usualFindings)) {
                return new Result(Verdict.FOUND, String.valueOf(found));
            }
            if (different.isEmpty() && sameWords) {
                return new Result(Verdict.HARMLESS, "");
            }
            boolean inPlace = Contents.inOneOctet(different) && (different.isEmpty() || sameWords);
            return new Result(
                    inPlace ? Verdict.IN_PLACE : Verdict.WRONG,
                    different.size() + " frames" + (sameWords ? "" : ", header or notes: " + Contents.words(dump)));
        } catch (IOException refused) {
            return new Result(Verdict.REFUSED, String.valueOf(refused.getMessage()));
        } catch (SpoiledSource.EndlessReading hang) {
            return new Result(Verdict.HANG, String.valueOf(hang.getMessage()));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError crash) {
            List<StackTraceElement> stack = List.of(crash.getStackTrace());
            return new Result(Verdict.CRASH, crash + " " + stack.subList(0, Math.min(8, stack.size())));
        }
    }

    private ByteSource undamaged(int file) {
        return new MemorySource(specimen.fileName(file), specimen.files().get(file));
    }

    private Specimen.Sources sources(Spoiling spoiling) {
        return file -> file == spoiling.file()
                ? new SpoiledSource(specimen.fileName(file), specimen.files().get(file), spoiling)
                : undamaged(file);
    }

    /// Where to look: nothing means everywhere.
    private int[] frames(Spoiling spoiling, Random random) {
        List<Integer> touched = spoiling.kind() == Spoiling.Kind.CUT ? List.of() : framesOf(spoiling);
        if (touched.isEmpty()) {
            return new int[0];
        }
        List<Integer> frames = new ArrayList<>();
        for (int pfn : touched) {
            for (int at = pfn - NEIGHBOURS; at <= pfn + NEIGHBOURS; at++) {
                frames.add(Math.clamp(at, 0, original.frames() - 1));
            }
        }
        for (int i = 0; i < OTHER_FRAMES; i++) {
            frames.add(random.nextInt(original.frames()));
        }
        return frames.stream().mapToInt(Integer::intValue).toArray();
    }

    /// Whether frames are lost that were not before; those that are different without being lost are added.
    private boolean compare(Dump dump, int[] frames, List<Long> different) throws IOException {
        boolean lost = false;
        if (frames.length == 0) {
            Contents now = Contents.of(dump, original.frames());
            for (int pfn = 0; pfn < original.frames(); pfn++) {
                lost |= compare(pfn, pfn < now.frames() ? now.frame(pfn) : Contents.ABSENT, different);
            }
            return lost;
        }
        FrameReader reader = new FrameReader(dump.memory());
        long[] now = new long[1];
        for (int pfn : frames) {
            reader.read(pfn, 1, now, 0);
            lost |= compare(pfn, now[0], different);
        }
        return lost;
    }

    private boolean compare(int pfn, long now, List<Long> different) {
        if (now == original.frame(pfn)) {
            return false;
        }
        if (now == Contents.LOST) {
            return true;
        }
        different.add((long) pfn);
        return false;
    }
}
