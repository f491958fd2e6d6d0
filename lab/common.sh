# shellcheck shell=bash disable=SC2016,SC2034
# Shared by the lab scripts: source it, do not run it.

lab_die() { echo "$(basename "$0"): $*" >&2; exit 1; }
lab_say() { echo "$(basename "$0"): $*" >&2; }

LAB_DIR=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# The project whose bin/ programs are examined.
LAB_INQUEST=${INQUEST_HOME:-$(dirname "$LAB_DIR")}
LAB_CACHE=${INQUEST_LAB_CACHE:-$HOME/.cache/inquest-lab}
mkdir -p "$LAB_CACHE"
LAB_CACHE=$(cd "$LAB_CACHE" && pwd)

lab_need() {
  local c missing=()
  for c in "$@"; do command -v "$c" >/dev/null || missing+=("$c"); done
  ((${#missing[@]} == 0)) || lab_die "missing commands: ${missing[*]} (see lab/README.md, Needs)"
}

# The JDK that the project is built with.
lab_jdk() {
  (. "$LAB_DIR/../scripts/setup.sh" && find_jdk && echo "$JDK") || lab_die "no JDK 25; set JAVA_HOME"
}

# The Debian mirror that this machine's own apt uses.
lab_mirror() {
  if [[ -n ${INQUEST_LAB_MIRROR:-} ]]; then echo "$INQUEST_LAB_MIRROR"; return; fi
  local codename uri
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
  uri=$(apt-get indextargets --format '$(REPO_URI)|$(RELEASE)|$(COMPONENT)' 'Created-By: Packages' |
    awk -F'|' -v r="$codename" '$2 == r && $3 == "main" { print $1; exit }')
  [[ -n $uri ]] || lab_die "no Debian mirror in this machine's apt sources; set INQUEST_LAB_MIRROR"
  echo "$uri"
}

# apt with lists, cache and sources of the lab's own; the system's stay as they are.
lab_apt() {
  local tool=$1 d=$LAB_CACHE/apt; shift
  "$tool" -o Dir::Etc::sourcelist="$d/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null \
    -o Dir::State="$d/state" -o Dir::State::status=/dev/null -o Dir::Cache="$d/cache" \
    -o APT::Sandbox::User="$(id -un)" -o APT::Architecture=amd64 \
    -o APT::Architectures::=amd64 -o Acquire::Languages=none "$@"
}

lab_apt_update() { # lab_apt_update SUITE...
  local suite mirror key=${INQUEST_LAB_KEYRING:-/usr/share/keyrings/debian-archive-keyring.gpg}
  mirror=$(lab_mirror)
  for suite; do echo "deb [signed-by=$key] $mirror $suite main"; done >"$LAB_CACHE/apt/sources.list"
  lab_apt apt-get -q update >"$LAB_CACHE/apt/update.log" 2>&1
}

# lab_apt_setup [--refresh]: suites from old to new; lists are kept for a day.
lab_apt_setup() {
  local d=$LAB_CACHE/apt suites
  read -ra suites <<<"${INQUEST_LAB_SUITES:-bullseye bookworm bookworm-backports trixie trixie-backports sid}"
  mkdir -p "$d/state/lists/partial" "$d/cache/archives/partial"
  if [[ ${1:-} != --refresh && -e $d/updated && -n $(find "$d/updated" -mmin -1440) ]]; then return; fi
  lab_say "updating package lists"
  # The oldest suite may have left the mirror.
  lab_apt_update "${suites[@]}" || lab_apt_update "${suites[@]:1}" ||
    { cat "$d/update.log" >&2; lab_die "apt-get update failed"; }
  touch "$d/updated"
}

# lab_debs NAME[=VERSION|/SUITE]...: downloads packages, prints the paths of their .deb files.
lab_debs() {
  local d=$LAB_CACHE/debs uris uri name paths=() missing=()
  mkdir -p "$d"
  uris=$(lab_apt apt-get -q download --print-uris "$@") || lab_die "not in the configured suites: $*"
  while read -r uri name _; do
    [[ $uri == \'* ]] || continue
    paths+=("$d/$name")
    [[ -s $d/$name ]] || missing+=("$name")
  done <<<"$uris"
  if ((${#missing[@]})); then
    lab_say "downloading ${missing[*]}"
    (cd "$d" && lab_apt apt-get -q download "$@" >"$LAB_CACHE/apt/download.log" 2>&1) ||
      { cat "$LAB_CACHE/apt/download.log" >&2; lab_die "download failed: $*"; }
  fi
  printf '%s\n' "${paths[@]}"
}
