package io.inquest.capture.collect;

import io.inquest.capture.journal.Journal;
import io.inquest.capture.journal.ProgressLines;
import io.inquest.capture.journal.Result;
import io.inquest.capture.journal.Step;
import io.inquest.capture.storage.CrashPlace;
import io.inquest.capture.storage.DumpForm;
import io.inquest.capture.storage.PageCache;
import io.inquest.capture.storage.SavedFile;
import io.inquest.makedumpfile.MadeDump;
import io.inquest.makedumpfile.MadeDump.Ending;
import io.inquest.output.ByteSize;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Makes the dump at a place: by one way after the other until one makes it, then reads it back.
///
/// | an attempt ends as        | what follows                                                                   |
/// |---------------------------|--------------------------------------------------------------------------------|
/// | complete, or larger       | it is read back, and gets its name                                             |
/// | lacking unreadable pages  | no way reads them: this is what can be had                                     |
/// | full                      | behind a copy a way that takes less room; else this is what can be had         |
/// | not erased                | no dump: what the rules name must not leave the machine                        |
/// | failed                    | the next way, if the target still takes files; else the target has failed      |
///
/// What is not complete keeps its unfinished name.
public final class Collecting {

    private final DumpMaker maker;
    private final ReadBack readBack;
    private final Journal journal;

    private Collecting(DumpMaker maker, ReadBack readBack, Journal journal) {
        this.maker = maker;
        this.readBack = readBack;
        this.journal = journal;
    }

    /// One that tells the journal what it does.
    public static Collecting of(DumpMaker maker, ProgressLines progress, PageCache pageCache, Journal journal) {
        return new Collecting(maker, new ReadBack(progress, pageCache), journal);
    }

    /// What is there in the end. An exception means that the target is no good.
    ///
    /// @param ways at least one
    public Collected collect(List<Way> ways, CrashPlace place) throws IOException {
        for (int i = 0; ; i++) {
            Way way = ways.get(i);
            journal.note(Step.DUMP, Result.BEGUN, "saving vmcore to " + place + "/ by " + way);
            DumpForm form = way instanceof Way.Filtered ? DumpForm.FILTERED : DumpForm.AS_IT_IS;
            Made made = maker.make(way, place.beginDump(form));
            if (made.dump().isComplete()) {
                return finish(way, made, place);
            }
            journal.note(Step.DUMP, Result.FAILED, "saving vmcore failed: " + reason(made.dump()));
            Ending ending = made.dump().ending();
            if (ending == Ending.FAILED) {
                place.check();
            }
            boolean mayFit = ending == Ending.FULL && way instanceof Way.Copied;
            boolean isLast = i == ways.size() - 1;
            if (isLast || !(ending == Ending.FAILED || mayFit)) {
                return keep(way, made, place);
            }
        }
    }

    private Collected finish(Way way, Made made, CrashPlace place) throws IOException {
        journal.note(Step.VERIFY, Result.BEGUN, "reading vmcore back");
        ReadBack.Check check = readBack.check(place, way, made);
        if (check.damage().isPresent()) {
            journal.note(
                    Step.VERIFY,
                    Result.FAILED,
                    "vmcore is damaged: " + check.damage().get());
            return collected(
                    way, made, check.file(), check.proof(), check.damage().get());
        }
        journal.note(
                Step.VERIFY,
                Result.DONE,
                "vmcore was read back and compared with " + check.proof().words());
        SavedFile file = place.publishDump(check.file());
        journal.note(Step.DUMP, Result.DONE, "saving vmcore complete: " + summary(file, made.dump()));
        return collected(way, made, file, check.proof(), "");
    }

    private static Collected collected(Way way, Made made, SavedFile file, Proof proof, String reason) {
        return new Collected(Optional.of(file), Optional.of(made.dump()), way.toString(), Optional.of(proof), reason);
    }

    private static String summary(SavedFile file, MadeDump dump) {
        StringBuilder text = new StringBuilder(ByteSize.format(file.bytes()));
        if (dump.level().isPresent()) {
            text.append(", dump level ").append(dump.level().getAsInt());
        }
        if (dump.ending() == Ending.LARGER) {
            text.append("; it holds more than that level asks for, since the kernel's structures could not be trusted");
        }
        return text.toString();
    }

    /// What is there, under its unfinished name.
    private Collected keep(Way way, Made made, CrashPlace place) throws IOException {
        Optional<SavedFile> file = readBack.read(place);
        file.ifPresent(there -> journal.note(
                Step.DUMP,
                Result.PARTLY,
                "an incomplete dump stays as " + there.name() + ": " + ByteSize.format(there.bytes())));
        return new Collected(file, Optional.of(made.dump()), way.toString(), Optional.empty(), reason(made.dump()));
    }

    private static String reason(MadeDump dump) {
        return dump.reason().isEmpty() ? "nobody tells why" : dump.reason();
    }
}
