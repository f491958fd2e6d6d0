# shellcheck shell=bash
# compare's tables of filtering and writing: Inquest beside makedumpfile. Uses $vmcore, $peer, $rounds, $runs, $threads, $work.

targets=$(dirname "${BASH_SOURCE[0]}")/targets.tsv
most_mebibytes=128 # of peak memory, in any row

# Sets the commands of a row: ours and theirs, what they read, and whether they write pages that can be compared.
read_row() { # read_row ROW
  local words=() ours="$LAB_INQUEST/bin/makedumpfile"
  read -ra words <<<"$1"
  input=$vmcore before=() writes=yes ours_command=() peer_command=()
  case ${words[0]} in
    cpu0) before=(taskset -c 0); words=("${words[@]:1}") ;;
    refilter) input=$(made "$peer" -c -d 0); words=("${words[@]:1}") ;;
    dmesg) input=$(made "$ours" -d 31) writes=no; words=(--dump-dmesg) ;;
    check-params) input=unread writes=no; words=(--check-params "${words[@]:1}") ;;
  esac
  ours_command=("${before[@]}" "$ours" "${words[@]}")
  # Debian's makedumpfile has no snappy: it would write plain pages.
  if [[ " ${words[*]} " == *" -p "* ]]; then peer_command=("${before[@]}" "$ours" "${words[@]/-p/-l}")
  else peer_command=("${before[@]}" "$peer" "${words[@]}"); fi
  [[ $writes == no || -z $threads ]] || ours_command+=(--num-threads "$threads")
  ours_command+=("$input" "$work/ours") peer_command+=("$input" "$work/peer")
}

# made PROGRAM OPTIONS...: a dump made of $vmcore by these, once.
made() {
  local program=$1 file; shift
  file=$work/input-$(basename "$(dirname "$program")")${*// /}
  file=${file// /}
  [[ -e $file ]] || "$program" "$@" "$vmcore" "$file" >"$work/made.log" 2>&1 || lab_die "$program $* failed: $(tail -1 "$work/made.log")"
  cat "$file" >/dev/null
  echo "$file"
}

# counted LEVEL: how many pages that are not zero stay at a level, by makedumpfile's count.
counted() {
  local level=$(($1 | 1))
  [[ -e $work/counted-$level ]] || "$peer" --dry-run --message-level 16 -d $level "$vmcore" "$work/unwritten" 2>&1 |
    sed -nE 's/.*Remaining pages *: (0x[0-9a-f]+).*/\1/p' >"$work/counted-$level"
  printf %d "$(cat "$work/counted-$level")"
}

our_run() { rm -f "$work/ours"; timed ours "${ours_command[@]}"; }
peer_run() { rm -f "$work/peer"; timed peer "${peer_command[@]}"; }

# Whether both kept the same pages; what there is to compare if they write none.
check_same() {
  if [[ $writes == no ]]; then
    [[ ! -e $work/ours || ! -e $work/peer ]] || cmp -s "$work/ours" "$work/peer" || { echo "NO: other bytes"; return 1; }
    echo -
  elif same=$("$LAB_DIR/pages" data "$work/ours" "$work/peer" 2>&1); then echo yes; else echo "NO: $same"; return 1; fi
}

# reached TARGET WALL PEER-WALL PEAK-KIB: cells "target | reached". Compares what was measured, not what is shown of it.
reached() {
  awk -v target="$1" -v wall="$2" -v peer="$3" -v peak="$4" -v most="$most_mebibytes" 'BEGIN {
    split(target, t, " ")
    missed = target == "" ? "" : t[2] == "ms" ? wall * 1000 > t[1] : peer > 0 ? wall / peer > t[1] : ""
    memory = peak / 1024 > most ? " (memory " int(peak / 1024) " MiB)" : ""
    printf "%s | %s%s |", target == "" ? "-" : target, missed == "" ? "-" : missed ? "no" : "yes", memory }'
}

# pages_cell OPTIONS WALL: nanoseconds of wall time for each page that is not zero.
pages_cell() {
  local level=0
  [[ $1 =~ -d\ ?([0-9]+) ]] && level=${BASH_REMATCH[1]}
  awk -v wall="$2" -v pages="$(counted "$level")" 'BEGIN { if (pages) printf "%.0f", wall * 1e9 / pages; else printf "-" }'
}

size_of() { if [[ -e $1 ]]; then stat -c %s "$1"; else echo -; fi; }

filter_row() { # filter_row ROW
  local row=$1 target same='not compared' i a b cells='' wall
  target=$(awk -F'\t' -v row="$row" '$1 == row { print $2 }' "$targets")
  read_row "$row"
  rm -f "$work"/*.times
  if [[ $check == yes ]]; then
    if ! our_run; then
      echo "| \`$row\` | Inquest failed: $(grep -v '%' "$work/ours.log" | head -1) |"; failed=1; return
    fi
    if ! peer_run; then
      echo "| \`$row\` | makedumpfile failed: $(grep -v '%' "$work/peer.log" | head -1) |"; return
    fi
    same=$(check_same) || failed=1
    rm -f "$work"/*.times
  fi
  for ((i = 0; i < rounds; i++)); do
    our_run
    peer_run
  done
  wall=$(median ours 1)
  cells=$(reached "$target" "$wall" "$(median peer 1)" "$(median ours 3)")
  for i in 1 2 3; do
    a=$(median ours $i) b=$(median peer $i)
    if ((i == 3)); then cells+=" $(mebibytes "$a") | $(mebibytes "$b") |"; else cells+=" $(figure "$a") | $(figure "$b") | $(ratio "$a" "$b") |"; fi
    if ((i == 1)); then
      if [[ $writes == yes ]]; then cells+=" $(pages_cell "$row" "$a") | $(pages_cell "$row" "$b") |"; else cells+=" - | - |"; fi
    fi
  done
  [[ ${peer_command[*]} == *"$peer"* ]] || row+=' beside ours with -l'
  echo "| \`$row\` | $cells $(size_of "$work/ours") | $(size_of "$work/peer") | $same |"
}

compare_filtering() {
  local rows r
  cat "$vmcore" >/dev/null
  "$LAB_INQUEST/bin/makedumpfile" -v >/dev/null 2>&1 || true # builds, if sources are newer
  export INQUEST_NO_BUILD=1 # as an installed copy, which has no sources to look at
  machine
  echo "- input: $(stat -c %s "$vmcore") bytes, in the page cache, with $(counted 1) pages that are not zero; outputs on $(stat -f -c %T "$work")"
  echo "- peer: $("$peer" -v 2>&1 | head -1); $rounds rounds in turn, medians"
  echo
  echo "| case | target | reached | wall s | peer | ratio | ns a page | peer | CPU s | peer | ratio | peak RSS MiB | peer | bytes | peer | same pages |"
  echo "| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |"
  IFS=';' read -ra rows <<<"$runs"
  for r in "${rows[@]}"; do filter_row "$r"; done
}
