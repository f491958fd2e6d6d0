package io.inquest.crash.debugfile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// The places where the vmlinux of a kernel may be.
///
/// Under each debug directory (those given, then `/usr/lib/debug`):
///
/// | Place                         | Who puts it there                  |
/// |-------------------------------|------------------------------------|
/// | `.build-id/xx/yyyy.debug`     | all distributions                  |
/// | `boot/vmlinux-RELEASE`        | Debian                             |
/// | `boot/vmlinux-RELEASE.debug`  | SUSE                               |
/// | `lib/modules/RELEASE/vmlinux` | Fedora, RHEL                       |
/// | `vmlinux-RELEASE`, `vmlinux`  | people                             |
///
/// Before them beside the dump, behind them where kernels are built and booted from.
final class DebugPlaces {

    private final String release;
    private final Optional<String> buildId;

    /// What vmcoreinfo says: the release, and the build id as hexadecimal digits if it has one.
    DebugPlaces(String release, Optional<String> buildId) {
        this.release = release;
        this.buildId = buildId;
    }

    /// In the order in which to look.
    List<Path> all(Path dump, List<Path> directories) {
        LinkedHashSet<Path> places = new LinkedHashSet<>();
        Path beside = dump.toAbsolutePath().getParent();
        if (beside != null) {
            places.addAll(under(beside));
        }
        directories.forEach(directory -> places.addAll(under(directory)));
        places.addAll(under(Path.of("/usr/lib/debug")));
        places.add(Path.of("/lib/modules", release, "build", "vmlinux"));
        places.add(Path.of("/lib/modules", release, "vmlinux"));
        places.add(Path.of("/boot", "vmlinux-" + release));
        return List.copyOf(places);
    }

    private List<Path> under(Path directory) {
        List<Path> places = new ArrayList<>();
        buildId.filter(id -> id.length() > 2)
                .ifPresent(id -> places.add(directory
                        .resolve(".build-id")
                        .resolve(id.substring(0, 2))
                        .resolve(id.substring(2) + ".debug")));
        places.add(directory.resolve("boot/vmlinux-" + release));
        places.add(directory.resolve("boot/vmlinux-" + release + ".debug"));
        places.add(directory.resolve("lib/modules").resolve(release).resolve("vmlinux"));
        places.add(directory.resolve("vmlinux-" + release));
        places.add(directory.resolve("vmlinux"));
        return places;
    }
}
