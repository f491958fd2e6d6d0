package io.inquest.capture.config.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The directives of kdump.conf.
enum Directive {
    RAW(Since.NOW),
    EXT2(Since.NOW),
    EXT3(Since.NOW),
    EXT4(Since.NOW),
    XFS(Since.NOW),
    BTRFS(Since.NOW),
    MINIX(Since.NOW),
    VIRTIOFS(Since.NOW),
    NFS(Since.NOW),
    SSH(Since.NOW),
    SSHKEY(Since.NOW),
    PATH(Since.NOW),
    CORE_COLLECTOR(Since.NOW),
    KDUMP_PRE(Since.NOW),
    KDUMP_POST(Since.NOW),
    KDUMP_EMERGENCY(Since.NOW),
    EXTRA_BINS(Since.NOW),
    EXTRA_MODULES(Since.NOW),
    FAILURE_ACTION(Since.NOW),
    DEFAULT(Since.PAST),
    FINAL_ACTION(Since.NOW),
    FORCE_REBUILD(Since.NOW),
    FORCE_NO_REBUILD(Since.NOW),
    DRACUT_ARGS(Since.NOW),
    FENCE_KDUMP_ARGS(Since.NOW),
    FENCE_KDUMP_NODES(Since.NOW),
    AUTO_RESET_CRASHKERNEL(Since.NOW),
    NET(Since.PAST),
    OPTIONS(Since.PAST),
    BLACKLIST(Since.PAST),
    LINK_DELAY(Since.PAST),
    DISK_TIMEOUT(Since.PAST),
    DEBUG_MEM_LEVEL(Since.PAST),
    RETAIN(Since.OURS),
    REPORT(Since.OURS),
    DEADLINE(Since.OURS),
    HOST_KEY(Since.OURS),
    PRE_REFUSAL(Since.OURS);

    /// Who knows a directive.
    enum Since {
        /// kdump-utils reads it.
        NOW,
        /// kdump-utils once read it.
        PAST,
        /// Inquest alone.
        OURS
    }

    private final String keyword;
    private final Since since;

    Directive(Since since) {
        this.since = since;
        keyword = name().toLowerCase(Locale.ROOT);
    }

    String keyword() {
        return keyword;
    }

    Since since() {
        return since;
    }

    /// Whether it names a target.
    boolean isTarget() {
        return switch (this) {
            case RAW, EXT2, EXT3, EXT4, XFS, BTRFS, MINIX, VIRTIOFS, NFS, SSH, NET -> true;
            default -> false;
        };
    }

    /// Whether it may stand in several lines: a target for each, a key for each, a module for each.
    boolean mayRepeat() {
        return isTarget() || this == HOST_KEY || this == OPTIONS;
    }

    static Optional<Directive> of(String keyword) {
        for (Directive directive : values()) {
            if (directive.keyword.equals(keyword)) {
                return Optional.of(directive);
            }
        }
        return Optional.empty();
    }

    static List<String> keywords() {
        List<String> keywords = new ArrayList<>();
        for (Directive directive : values()) {
            keywords.add(directive.keyword);
        }
        return keywords;
    }
}
