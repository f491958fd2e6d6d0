package io.inquest.capture.place;

import io.inquest.capture.config.AbsolutePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is mounted, and where.
public record Mounts(List<Mount> all) {

    private static final int FIELDS_BEFORE_TAGS = 6;

    public Mounts {
        all = List.copyOf(all);
    }

    /// Reads `/proc/self/mountinfo`. Lines that are none of its are left out: a root that no absolute path names is
    /// that
    /// of a mount such as `mnt:[4026531840]`.
    public static Mounts parse(String mountinfo) {
        List<Mount> mounts = new ArrayList<>();
        for (String line : mountinfo.split("\n", -1)) {
            mount(line).ifPresent(mounts::add);
        }
        return new Mounts(mounts);
    }

    private static Optional<Mount> mount(String line) {
        String[] fields = line.split(" ", -1);
        int separator = FIELDS_BEFORE_TAGS;
        while (separator < fields.length && !fields[separator].equals("-")) {
            separator++;
        }
        if (separator + 3 >= fields.length) {
            return Optional.empty();
        }
        Optional<AbsolutePath> root = AbsolutePath.of(unescaped(fields[3]));
        Optional<AbsolutePath> mountPoint = AbsolutePath.of(unescaped(fields[4]));
        if (root.isEmpty() || mountPoint.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Mount(
                    Integer.parseInt(fields[0]),
                    Integer.parseInt(fields[1]),
                    root.get(),
                    mountPoint.get(),
                    fields[separator + 1],
                    unescaped(fields[separator + 2]),
                    unescaped(fields[separator + 3])));
        } catch (NumberFormatException noId) {
            return Optional.empty();
        }
    }

    /// Blanks and backslashes stand there as a backslash and three octal digits.
    private static String unescaped(String field) {
        StringBuilder text = new StringBuilder(field.length());
        for (int at = 0; at < field.length(); at++) {
            int octal = field.charAt(at) == '\\' ? octal(field, at + 1) : -1;
            text.append(octal < 0 ? field.charAt(at) : (char) octal);
            at += octal < 0 ? 0 : 3;
        }
        return text.toString();
    }

    private static int octal(String field, int from) {
        if (from + 3 > field.length()) {
            return -1;
        }
        int value = 0;
        for (int at = from; at < from + 3; at++) {
            int digit = field.charAt(at) - '0';
            if (digit < 0 || digit > 7) {
                return -1;
            }
            value = value * 8 + digit;
        }
        return value;
    }

    /// The mount on which a path lies, walked as the kernel walks: from the root over each mount that covers a folder
    /// of
    /// the path. What a later mount hides is so not found.
    Optional<Mount> under(AbsolutePath path) {
        Optional<Mount> here = first(path);
        // Each step goes to another mount; more steps than mounts would be a circle, which the kernel does not make.
        for (int steps = 0; steps < all.size() && here.isPresent(); steps++) {
            Optional<Mount> next = on(here.get(), path);
            if (next.isEmpty()) {
                return here;
            }
            here = next;
        }
        return here;
    }

    /// The mount that lies on none of the others: the root.
    private Optional<Mount> first(AbsolutePath path) {
        Set<Integer> ids = new HashSet<>();
        for (Mount mount : all) {
            ids.add(mount.id());
        }
        List<Mount> roots = new ArrayList<>();
        for (Mount mount : all) {
            if (mount.parent() == mount.id() || !ids.contains(mount.parent())) {
                roots.add(mount);
            }
        }
        return nearest(roots, path);
    }

    /// The mount on `below` that a walk to the path meets first.
    private Optional<Mount> on(Mount below, AbsolutePath path) {
        List<Mount> children = new ArrayList<>();
        for (Mount mount : all) {
            if (mount.parent() == below.id() && mount.id() != below.id()) {
                children.add(mount);
            }
        }
        return nearest(children, path);
    }

    private static Optional<Mount> nearest(List<Mount> mounts, AbsolutePath path) {
        Optional<Mount> nearest = Optional.empty();
        for (Mount mount : mounts) {
            if (path.isWithin(mount.mountPoint()) && (nearest.isEmpty() || depth(mount) < depth(nearest.get()))) {
                nearest = Optional.of(mount);
            }
        }
        return nearest;
    }

    private static int depth(Mount mount) {
        return mount.mountPoint().text().length();
    }
}
