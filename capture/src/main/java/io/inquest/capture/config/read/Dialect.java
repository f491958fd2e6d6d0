package io.inquest.capture.config.read;

import java.util.ArrayList;
import java.util.List;

/// Whose variables a file has.
enum Dialect {
    /// `/etc/sysconfig/kdump` of kdump-utils: Fedora, RHEL and their kin; beside `/etc/kdump.conf`.
    FEDORA("kdump-utils"),
    /// `/etc/default/kdump-tools`.
    DEBIAN("Debian's kdump-tools"),
    /// `/etc/sysconfig/kdump` of openSUSE and SLES.
    SUSE("SUSE's kdump");

    private final String owner;

    Dialect(String owner) {
        this.owner = owner;
    }

    private static List<String> names(Enum<?>[] values) {
        List<String> names = new ArrayList<>();
        for (Enum<?> value : values) {
            names.add(value.name());
        }
        return names;
    }

    List<String> names() {
        return switch (this) {
            case FEDORA -> names(SysconfigVariables.Name.values());
            case DEBIAN -> names(DebianVariables.Name.values());
            case SUSE -> names(SuseVariables.Name.values());
        };
    }

    /// The one that knows most of the names: SUSE and kdump-utils have a file of the same name, and share some
    /// variables. Where they know as many, and there is a kdump.conf or not, it is kdump-utils'.
    static Dialect of(List<Entry> entries) {
        Dialect best = FEDORA;
        int most = 0;
        for (Dialect dialect : values()) {
            List<String> names = dialect.names();
            int known = 0;
            for (Entry entry : entries) {
                known += names.contains(entry.name()) ? 1 : 0;
            }
            if (known > most) {
                most = known;
                best = dialect;
            }
        }
        return best;
    }

    void read(ShellText shell, Draft draft, Problems problems) {
        if (this == DEBIAN) {
            for (Entry entry : shell.appended()) {
                problems.error(
                        entry.at(),
                        "+= is bash's, and this file is sourced by a shell that has it not; write: " + entry.name()
                                + "=\"$" + entry.name() + " …\"");
            }
        }
        List<String> names = names();
        List<Entry> known = new ArrayList<>();
        for (Entry entry : shell.entries()) {
            if (names.contains(entry.name())) {
                known.add(entry);
            } else {
                problems.warn(
                        entry.at(),
                        entry.name() + " is no variable of " + owner + " and is not used"
                                + Spelling.question(entry.name(), names));
            }
        }
        switch (this) {
            case FEDORA -> SysconfigVariables.read(known, draft, problems);
            case DEBIAN -> DebianVariables.read(known, draft, problems);
            case SUSE -> SuseVariables.read(known, draft, problems);
        }
    }
}
