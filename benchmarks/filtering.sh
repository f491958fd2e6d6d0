# shellcheck shell=bash
# compare's tables of filtering and writing: Inquest beside makedumpfile. Uses $vmcore, $peer, $rounds, $runs, $threads, $work.

# shellcheck disable=SC2086
our_run() { rm -f "$work/ours"; timed ours "$LAB_INQUEST/bin/makedumpfile" $1 ${threads:+--num-threads "$threads"} "$vmcore" "$work/ours"; }
# shellcheck disable=SC2086
peer_run() { rm -f "$work/peer"; timed peer "$peer" $1 "$vmcore" "$work/peer"; }

filter_row() { # filter_row OPTIONS
  local options=$1 same i a b cells=''
  rm -f "$work"/*.times
  if ! our_run "$options"; then
    echo "| \`$options\` | Inquest failed: $(grep -v '%' "$work/ours.log" | head -1) | | | | | | | | | | |"; failed=1; return
  fi
  if ! peer_run "$options"; then
    echo "| \`$options\` | makedumpfile failed: $(grep -v '%' "$work/peer.log" | head -1) | | | | | | | | | | |"; return
  fi
  if same=$("$LAB_DIR/pages" data "$work/ours" "$work/peer" 2>&1); then same=yes; else same="NO: $same"; failed=1; fi
  rm -f "$work"/*.times
  for ((i = 0; i < rounds; i++)); do
    our_run "$options"
    peer_run "$options"
  done
  for i in 1 2 3; do
    a=$(median ours $i) b=$(median peer $i)
    if ((i == 3)); then cells+=" $(mebibytes "$a") | $(mebibytes "$b") |"; else cells+=" $(figure "$a") | $(figure "$b") |"; fi
    cells+=" $(ratio "$a" "$b") |"
  done
  echo "| \`$options\` |$cells $(stat -c %s "$work/ours") | $(stat -c %s "$work/peer") | $same |"
}

compare_filtering() {
  local rows r
  cat "$vmcore" >/dev/null
  "$LAB_INQUEST/bin/makedumpfile" -v >/dev/null 2>&1 || true # builds, if sources are newer
  machine
  echo "- input: $(stat -c %s "$vmcore") bytes, in the page cache; outputs on $(stat -f -c %T "$work")"
  echo "- peer: $("$peer" -v 2>&1 | head -1); $rounds rounds in turn, medians"
  echo
  echo "| options | wall s | peer | ratio | CPU s | peer | ratio | peak RSS MiB | peer | ratio | bytes | peer | same pages |"
  echo "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |"
  IFS=';' read -ra rows <<<"$runs"
  for r in "${rows[@]}"; do filter_row "$r"; done
}
