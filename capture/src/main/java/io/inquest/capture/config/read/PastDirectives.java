package io.inquest.capture.config.read;

import io.inquest.capture.config.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Directives that kdump-utils once had and now refuses: they are taken for what they meant, and each is told what one
/// writes today.
final class PastDirectives {

    private static final int MOST_SECONDS = 86_400;

    private PastDirectives() {}

    static void take(Directive directive, Entry entry, Draft draft, Problems problems) throws Refused {
        String today = switch (directive) {
            case LINK_DELAY -> {
                draft.image.linkPatience = entry.as(Optional.of(seconds(entry)));
                yield "the link is waited for anyway";
            }
            case DISK_TIMEOUT -> {
                draft.image.diskPatience = entry.as(Optional.of(seconds(entry)));
                yield "disks are waited for anyway";
            }
            case DEBUG_MEM_LEVEL -> {
                draft.image.memoryTrace = entry.as(entry.number(0, 3));
                yield "KDUMP_COMMANDLINE_APPEND=rd.memdebug=" + entry.value();
            }
            case BLACKLIST -> {
                List<String> modules = entry.moduleNames();
                draft.image.excludedModules = entry.as(modules);
                yield "KDUMP_COMMANDLINE_APPEND=rd.driver.blacklist=" + String.join(",", modules);
            }
            case OPTIONS -> "KDUMP_COMMANDLINE_APPEND=\"" + options(entry, draft) + "\"";
            default -> throw new IllegalArgumentException(directive + " is not of the past");
        };
        problems.warn(entry.at(), entry.name() + " is no longer a directive of kdump-utils; the same today: " + today);
    }

    private static Duration seconds(Entry entry) throws Refused {
        return Duration.ofSeconds(entry.number(0, MOST_SECONDS));
    }

    /// `options MODULE OPTION…`: parameters of a module stand on the kernel's command line with its name in front.
    private static String options(Entry entry, Draft draft) throws Refused {
        List<String> words = entry.words();
        if (words.size() < 2) {
            throw entry.refused("it must be a module and at least one option");
        }
        List<String> parameters = new ArrayList<>();
        for (String option : words.subList(1, words.size())) {
            parameters.add(words.getFirst() + "." + option);
        }
        String added = String.join(" ", parameters);
        Setting<Optional<String>> before = draft.host.moduleOptions;
        draft.host.moduleOptions = entry.as(
                Optional.of(before.value().isEmpty() ? added : before.value().get() + " " + added));
        return added;
    }
}
