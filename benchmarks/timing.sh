# shellcheck shell=bash
# Shared by compare's files: runs that are timed, medians of them, and the machine in a line. Uses $work.

# timed WHO COMMAND...: a line "wall user+system peak-KiB" is added to $work/WHO.times, what it printed is in $work/WHO.log.
# GNU time rounds to 10 ms, too coarse for the wall time of a start; it adds one ms itself.
timed() {
  local who=$1 begin end; shift
  begin=${EPOCHREALTIME/,/.}
  /usr/bin/time -f '%U %S %M' -o "$work/time" "$@" >"$work/$who.log" 2>&1 || return 1
  end=${EPOCHREALTIME/,/.}
  awk -v begin="$begin" -v end="$end" 'END { printf "%.4f %.2f %s\n", end - begin, $1 + $2, $3 }' "$work/time" >>"$work/$who.times"
}

# median WHO FIELD: of the lines of $work/WHO.times; nothing if there is none.
median() {
  [[ -s $work/$1.times ]] || return 0
  cut -d' ' -f"$2" "$work/$1.times" | sort -n | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int((NR + 2) / 2)]) / 2 }'
}

# ratio A B, figure A, mebibytes KIB: cells of a table, "-" for a figure that is not there.
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (a != "" && b > 0) printf "%.2f", a / b; else printf "-" }'; }
figure() { awk -v a="$1" 'BEGIN { if (a != "") printf "%.2f", a; else printf "-" }'; }
mebibytes() { awk -v a="$1" 'BEGIN { if (a != "") printf "%.0f", a / 1024; else printf "-" }'; }

machine() {
  echo "- CPU: $(lscpu | sed -nE 's/^Model name: +//p' | head -1), $(nproc) cores; memory $(awk '/MemTotal/ { printf "%.1f GiB", $2 / 1048576 }' /proc/meminfo); kernel $(uname -r); load before: $(cut -d' ' -f1 /proc/loadavg)"
}
