# Functions to find, and where possible install, what Inquest needs from the system. Sourced by mvnw, inquest and
# .ci/run; POSIX sh. Messages go to standard error, because standard output belongs to the command being started.

# The JDK that the sources are written for. A newer one would run them, but an AOT cache serves exactly one build.
INQUEST_JAVA=25

say() {
    printf '%s\n' "$*" >&2
}

# is_jdk DIR: whether DIR is a whole JDK (compiler included) of the wanted version. Starts no process.
is_jdk() {
    [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    while IFS= read -r release_line; do
        case $release_line in
            JAVA_VERSION=\"$INQUEST_JAVA\" | JAVA_VERSION=\"$INQUEST_JAVA.*) return 0 ;;
        esac
    done <"$1/release"
    return 1
}

# find_jdk: sets JDK to the first fitting one of JAVA_HOME, /usr/lib/jvm and the javac on PATH; fails when there is none.
find_jdk() {
    for JDK in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
        is_jdk "$JDK" && return 0
    done
    if JDK=$(command -v javac); then
        JDK=$(readlink -f "$JDK")
        JDK=${JDK%/bin/javac}
        is_jdk "$JDK" && return 0
    fi
    JDK=
    return 1
}

# Chooses the prefix that makes a command run as root, in AS_ROOT; fails when there is no way without asking.
may_install() {
    AS_ROOT=
    [ "$(id -u)" = 0 ] && return 0
    AS_ROOT="sudo -n"
    sudo -n true 2>/dev/null
}

# The install command of this system's package manager, without package names, in INSTALL; fails when none is known.
find_package_manager() {
    if command -v apt-get >/dev/null; then
        INSTALL="apt-get install -y --no-install-recommends"
    elif command -v dnf >/dev/null; then
        INSTALL="dnf install -y"
    elif command -v zypper >/dev/null; then
        INSTALL="zypper --non-interactive install"
    elif command -v pacman >/dev/null; then
        INSTALL="pacman -S --noconfirm"
    elif command -v apk >/dev/null; then
        INSTALL="apk add"
    else
        INSTALL=
        return 1
    fi
}

# refresh_lists: apt knows no packages on a fresh machine before its lists are fetched.
refresh_lists() {
    if [ "${INSTALL%% *}" = apt-get ] && may_install; then
        $AS_ROOT apt-get update -qq >&2 || say "apt-get update failed; going on with the package lists there are."
    fi
}

# package_exists NAME: whether the package manager could install NAME.
package_exists() {
    case $INSTALL in
        apt-get*) apt-cache show "$1" 2>/dev/null | grep -q '^Package:' ;;
        dnf*) dnf -q info "$1" >/dev/null 2>&1 ;;
        zypper*) zypper -q info "$1" 2>/dev/null | grep -q '^Version' ;;
        pacman*) pacman -Si "$1" >/dev/null 2>&1 ;;
        apk*) apk search -e "$1" | grep -q . ;;
    esac
}

# install_package WHY NAME...: installs the first NAME that the system offers, or says how to.
# Fails when nothing was installed.
install_package() {
    install_why=$1
    shift
    if ! find_package_manager; then
        say "inquest: $install_why is missing, and this system has no package manager that inquest knows; install it."
        return 1
    fi
    install_name=
    for install_try in first again; do
        for install_candidate in "$@"; do
            if package_exists "$install_candidate"; then
                install_name=$install_candidate
                break 2
            fi
        done
        [ "$install_try" = again ] || refresh_lists
    done
    if [ -z "$install_name" ]; then
        say "inquest: $install_why is missing, and this system offers no package for it (looked for: $*)."
        return 1
    fi
    if ! may_install; then
        say "inquest: $install_why is missing. Install it with:"
        say "  sudo $INSTALL $install_name"
        return 1
    fi
    say "inquest: $install_why is missing; installing it: ${AS_ROOT:+$AS_ROOT }$INSTALL $install_name"
    # A package manager may print much; only its failure is of interest here.
    DEBIAN_FRONTEND=noninteractive
    export DEBIAN_FRONTEND
    install_output=$($AS_ROOT $INSTALL "$install_name" 2>&1 </dev/null) && return 0
    say "$install_output"
    say "inquest: that failed. Once the cause is removed: sudo $INSTALL $install_name"
    return 1
}

# require_jdk: find_jdk, and where that fails, installs one or says where to get it.
require_jdk() {
    find_jdk && return 0
    install_package "a JDK $INQUEST_JAVA" \
        "openjdk-$INQUEST_JAVA-jdk-headless" "temurin-$INQUEST_JAVA-jdk" \
        "java-$INQUEST_JAVA-openjdk-devel" "java-$INQUEST_JAVA-openjdk-headless" \
        "jdk$INQUEST_JAVA-openjdk" "openjdk$INQUEST_JAVA-jdk" && find_jdk && return 0
    say "inquest: get JDK $INQUEST_JAVA from the Eclipse Adoptium project (\"Temurin $INQUEST_JAVA\": its site offers package"
    say "  repositories for Debian, Ubuntu, Fedora and others, and archives to unpack), put it under /usr/lib/jvm or"
    say "  set JAVA_HOME to it, and start this command again."
    return 1
}

# find_maven: sets MAVEN to the mvn on PATH when it is new enough (3.8 or later).
find_maven() {
    MAVEN=$(command -v mvn) || return 1
    # Some builds of Maven colour even this answer.
    maven_version=$(JAVA_HOME=$JDK "$MAVEN" -B -q --version 2>/dev/null | sed -n 's/.*\([0-9]\.[0-9][0-9]*\.[0-9][0-9]*\).*/\1/p')
    case $maven_version in
        3.[89].* | 3.[1-9][0-9].* | [4-9].*) return 0 ;;
        *) return 1 ;;
    esac
}
