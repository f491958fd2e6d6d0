package io.inquest.kernel;

import java.util.Optional;

/// The numbers of a release such as `6.12.107+deb13-cloud-amd64`.
///
/// Only for facts that a dump does not tell itself; each such fact stands in one table with the release that
/// made it.
public record KernelRelease(int version, int patchLevel, int subLevel) implements Comparable<KernelRelease> {

    /// Empty when the text does not begin with two numbers.
    public static Optional<KernelRelease> parse(String release) {
        int[] numbers = new int[3];
        int at = 0;
        for (int i = 0; i < numbers.length; i++) {
            int start = at;
            while (at < release.length() && at - start < 5 && isDigit(release.charAt(at))) {
                numbers[i] = numbers[i] * 10 + release.charAt(at++) - '0';
            }
            if (at == start) {
                return i < 2 ? Optional.empty() : Optional.of(new KernelRelease(numbers[0], numbers[1], 0));
            }
            boolean more = at < release.length() && release.charAt(at) == '.';
            at += more ? 1 : 0;
            if (!more && i == 0) {
                return Optional.empty();
            }
            if (!more) {
                break;
            }
        }
        return Optional.of(new KernelRelease(numbers[0], numbers[1], numbers[2]));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    public boolean isBefore(int otherVersion, int otherPatchLevel, int otherSubLevel) {
        return compareTo(new KernelRelease(otherVersion, otherPatchLevel, otherSubLevel)) < 0;
    }

    @Override
    public int compareTo(KernelRelease other) {
        if (version != other.version) {
            return Integer.compare(version, other.version);
        }
        if (patchLevel != other.patchLevel) {
            return Integer.compare(patchLevel, other.patchLevel);
        }
        return Integer.compare(subLevel, other.subLevel);
    }
}
