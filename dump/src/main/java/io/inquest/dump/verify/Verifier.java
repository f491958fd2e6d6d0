package io.inquest.dump.verify;

import io.inquest.dump.Completeness;
import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.dump.format.VmcoreinfoText;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.UnclosedSource;
import io.inquest.dump.trailer.Damage;
import io.inquest.dump.trailer.Trailer;
import io.inquest.dump.verify.Verification.CheckedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Checks a whole dump: its structure, each page descriptor, each page, and the checksums if there are any.
public final class Verifier {

    /// Hears how much was read.
    @FunctionalInterface
    public interface Watcher {
        void read(long doneBytes, long totalBytes);
    }

    private final List<String> names;
    private final Opening opening;
    private final Watcher watcher;
    private final Findings findings = new Findings();
    private final List<CheckedFile> checked = new ArrayList<>();

    /// Opens one file of the dump, or with -1 all of them as one dump.
    @FunctionalInterface
    private interface Opening {
        Dump open(int file, Warnings warnings) throws IOException;
    }

    private Verifier(List<String> names, Opening opening, Watcher watcher) {
        this.names = names;
        this.opening = opening;
        this.watcher = watcher;
    }

    /// Checks one file, or several that are the parts of a split set. Files that cannot be opened as a dump are a
    /// result too; an exception means that a file that was opened could not be read any more.
    public static Verification verify(List<Path> files, Watcher watcher) throws IOException {
        List<String> names = new ArrayList<>();
        for (Path file : files) {
            names.add(file.toString());
        }
        return new Verifier(
                        names,
                        (file, warnings) -> Dumps.open(file < 0 ? files : List.of(files.get(file)), warnings),
                        watcher)
                .verify();
    }

    /// The same for one file that is open, and stays so.
    public static Verification verify(ByteSource source, Watcher watcher) throws IOException {
        return new Verifier(
                        List.of(source.name()),
                        (file, warnings) -> Dumps.open(new UnclosedSource(source), warnings),
                        watcher)
                .verify();
    }

    private Verification verify() throws IOException {
        List<String> told = new ArrayList<>();
        try (Dump dump = opening.open(-1, told::add)) {
            return verify(dump, told);
        } catch (DumpException unreadable) {
            String reason = String.valueOf(unreadable.getMessage());
            return new Verification(
                    Verdict.UNREADABLE,
                    "",
                    Completeness.incomplete(List.of(reason)),
                    List.of(),
                    List.of(Finding.unreadable(reason)),
                    PageTally.NONE);
        }
    }

    private Verification verify(Dump dump, List<String> told) throws IOException {
        dump.examine(findings);
        Completeness completeness = dump.completeness();
        for (String sentence : List.copyOf(told)) {
            addUnlessKnown(sentence);
        }
        checkVmcoreinfo(dump.vmcoreinfo());
        told.clear();
        checkFiles(dump);
        boolean hasChecksums = true;
        for (CheckedFile file : checked) {
            hasChecksums &= file.hasChecksums();
        }
        PageTally pages = new PageReading(dump.memory(), hasChecksums, watcher)
                .readAll()
                .withMissing(findings.pagesWithoutFrame());
        pages.damagedFrames().ifPresent(around -> {
            findings.add(Finding.damaged("pages", "pages are there and cannot be read or unpacked")
                    .costing(around.startPfn(), around.endPfn(), pages.damaged()));
            for (String sentence : told) {
                findings.add(Finding.damaged("contents of pages", withoutName(sentence)));
            }
        });
        String format = dump.header().format();
        return new Verification(verdict(completeness, pages), format, completeness, checked, findings.all(), pages);
    }

    /// Its lines are `KEY=VALUE`, whatever they mean. Many dumps have none, and are whole; that of a dump with a
    /// trailer cannot get lost unseen, since it has checksums.
    private void checkVmcoreinfo(Optional<String> text) {
        if (text.isEmpty()) {
            findings.add(
                    Finding.remark("vmcoreinfo", "there is no vmcoreinfo, which tells what the kernel looks like"));
            return;
        }
        int number = 0;
        for (String line : text.get().split("\n", -1)) {
            number++;
            if (!VmcoreinfoText.isSound(line)) {
                findings.add(Finding.damaged(
                        "vmcoreinfo", "line " + number + " of the vmcoreinfo is no KEY=VALUE in printable ASCII"));
            }
        }
    }

    private Verdict verdict(Completeness completeness, PageTally pages) {
        if (findings.damaged() || pages.damaged() > 0) {
            return Verdict.DAMAGED;
        }
        boolean missing = !completeness.complete() || pages.missing() > 0;
        for (Finding finding : findings.all()) {
            missing |= finding.kind() != Finding.Kind.REMARK;
        }
        return missing ? Verdict.INCOMPLETE : Verdict.WHOLE;
    }

    /// What was told when the file was opened, unless it ends with what the examination found anyway.
    private void addUnlessKnown(String sentence) {
        for (String reason : findings.reasons()) {
            if (sentence.endsWith(reason)) {
                return;
            }
        }
        findings.add(Finding.damaged("structure", withoutName(sentence)));
    }

    /// Of one file nobody needs to be told again which it is.
    private String withoutName(String sentence) {
        String name = names.getFirst() + ": ";
        return names.size() == 1 && sentence.startsWith(name) ? sentence.substring(name.length()) : sentence;
    }

    /// Each part of a split set has a trailer of its own. What is to be told of the parts was told when the set was
    /// opened.
    private void checkFiles(Dump dump) throws IOException {
        if (names.size() == 1) {
            check(names.getFirst(), dump.trailer(), "");
            return;
        }
        for (int file = 0; file < names.size(); file++) {
            try (Dump part = opening.open(file, Warnings.NONE)) {
                check(names.get(file), part.trailer(), names.get(file) + ": ");
            }
        }
    }

    private void check(String file, Optional<Trailer> trailer, String prefix) throws IOException {
        List<Damage> damage = trailer.isPresent() ? trailer.get().verify() : List.of();
        for (Damage part : damage) {
            findings.add(Finding.damaged("checksums", part.sentence())
                    .at(part.offset(), part.bytes())
                    .in(prefix));
        }
        checked.add(new CheckedFile(file, trailer.isPresent(), damage));
    }
}
