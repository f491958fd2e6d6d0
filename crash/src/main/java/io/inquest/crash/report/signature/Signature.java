package io.inquest.crash.report.signature;

import io.inquest.crash.report.Confidence;
import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Family;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// What two deaths of the same bug have in common, whatever the addresses, processes, hosts and nearby kernel
/// versions.
///
/// The text of a key is `inq1|` and words; the key itself the first 16 hexadecimal digits of its SHA-256.
///
/// | Key      | Of                                                        | Says                           |
/// |----------|-----------------------------------------------------------|--------------------------------|
/// | problem  | family or kind, and the primary function                  | probably the same bug          |
/// | variant  | kind, and up to five functions                            | the same way into it           |
/// | aliases  | problem keys under other functions that might be primary  | worth a look                   |
///
/// The family stands for the kind only where memory was wrong: one such bug shows in many ways.
///
/// @param kind how it died
/// @param frames the useful ones, innermost first; empty if the kind has none or the log shows none
/// @param confidence how far to trust it
/// @param aliases texts of further keys
public record Signature(DeathKind kind, List<UsefulFrame> frames, Confidence confidence, List<String> aliases) {

    /// The name of this way to make keys.
    public static final String ALGORITHM = "inq1";

    private static final int VARIANT_FRAMES = 5;
    private static final String NONE = "-";

    static Signature of(DeathKind kind, List<UsefulFrame> useful, Confidence confidence, boolean weakPrimary) {
        List<UsefulFrame> frames = List.copyOf(useful.subList(0, Math.min(VARIANT_FRAMES, useful.size())));
        Set<String> aliases = new LinkedHashSet<>();
        if (!frames.isEmpty()) {
            aliases.add(ALGORITHM + "|" + group(kind) + "|" + frames.getFirst().withModule());
            if (kind.family() == Family.MEM) {
                aliases.add(ALGORITHM + "|bad-access|" + frames.getFirst().inKeys());
            }
            if (kind.family() == Family.STALL || kind.family() == Family.HANG) {
                aliases.add(ALGORITHM + "|stuck|" + frames.getFirst().inKeys());
            }
            if (weakPrimary && frames.size() > 1) {
                aliases.add(ALGORITHM + "|" + group(kind) + "|" + frames.get(1).inKeys());
            }
        }
        Signature bare = new Signature(kind, frames, confidence, List.of());
        aliases.remove(bare.problemText());
        return new Signature(kind, frames, confidence, List.copyOf(aliases));
    }

    /// The same, with a further key: what else the death is known by, such as the class of a hardware error.
    public Signature alsoKnownBy(String what) {
        List<String> more = new ArrayList<>(aliases);
        more.add(ALGORITHM + "|" + group(kind) + "|" + what);
        return new Signature(kind, frames, confidence, List.copyOf(more));
    }

    /// The function that names the death, `-` if none does.
    public String primary() {
        return frames.isEmpty() ? NONE : frames.getFirst().inKeys();
    }

    /// The function that names the death; of a panic in words of its own the one that spoke them.
    public Optional<UsefulFrame> function() {
        return frames.stream().skip(kind == DeathKind.PANIC ? 1 : 0).findFirst();
    }

    public String problemText() {
        return problemText(UsefulFrame::inKeys);
    }

    public String problemKey() {
        return Sha256.key(problemText());
    }

    public String variantText() {
        return variantText(UsefulFrame::inKeys);
    }

    public String variantKey() {
        return Sha256.key(variantText());
    }

    /// The problem's text with all modules named, in-tree ones too.
    public String problemTextWithModules() {
        return problemText(UsefulFrame::withModule);
    }

    /// The variant's text with all modules named, in-tree ones too.
    public String variantTextWithModules() {
        return variantText(UsefulFrame::withModule);
    }

    private String problemText(Function<UsefulFrame, String> name) {
        return ALGORITHM + "|" + group(kind) + "|" + (frames.isEmpty() ? NONE : name.apply(frames.getFirst()));
    }

    private String variantText(Function<UsefulFrame, String> name) {
        List<String> words = new ArrayList<>(List.of(ALGORITHM, kind.word()));
        frames.forEach(frame -> words.add(name.apply(frame)));
        if (frames.isEmpty()) {
            words.add(NONE);
        }
        return String.join("|", words);
    }

    private static String group(DeathKind kind) {
        return kind.family() == Family.MEM ? Family.MEM.word() : kind.word();
    }
}
