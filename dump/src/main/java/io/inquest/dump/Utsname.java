package io.inquest.dump;

/// The kernel's name for itself, six texts of at most 64 bytes (`struct new_utsname`); empty ones are unknown.
public record Utsname(
        String sysname, String nodename, String release, String version, String machine, String domainname) {

    public static final Utsname UNKNOWN = new Utsname("", "", "", "", "", "");

    public boolean known() {
        return !release.isEmpty();
    }
}
