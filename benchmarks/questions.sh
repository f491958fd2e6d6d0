# shellcheck shell=bash
# compare's table of questions to a dump: Inquest, without a vmlinux, beside crash and drgn, which need one.
# Uses $vmcore, $vmlinux, $rounds, $questions, $work.

crash=$LAB_CACHE/peers/bin/crash drgn=$LAB_CACHE/peers/bin/drgn
export XDG_CACHE_HOME=$work/cache # where Inquest keeps what it made of a vmlinux

# What crash is told for each question; Inquest is told the same, but for the report.
declare -A commands=([bt]='bt' [all]='foreach bt' [ps]='ps' [kmem]='kmem -i' [vmlinux]='bt' [vmlinux-new]='bt'
  [report]=$'sys\nbt\nlog\nmod\nbt -a\nps\nforeach UN bt\nkmem -i')
declare -A titles=([bt]='first backtrace' [all]="all tasks' backtraces" [ps]='`ps`' [kmem]='`kmem -i`' [report]='report'
  [vmlinux]='first backtrace, with the vmlinux, index cached' [vmlinux-new]='the same, nothing cached')

write_drgn_scripts() {
  cat >"$work/bt.py" <<'P'
from drgn.helpers.linux.panic import panic_task
print(prog.stack_trace(panic_task()))
P
  cat >"$work/all.py" <<'P'
from drgn.helpers.linux.pid import for_each_task
for t in for_each_task(prog):
    print("PID: %d" % t.pid)
    try:
        print(prog.stack_trace(t))
    except ValueError as e:
        print(e)
P
  cat >"$work/ps.py" <<'P'
from drgn.helpers.linux.pid import for_each_task
from drgn.helpers.linux.sched import task_state_to_char
for t in for_each_task(prog):
    print(t.pid.value_(), t.real_parent.pid.value_(), hex(t.value_()), task_state_to_char(t), t.comm.string_().decode())
P
  ln -sf bt.py "$work/vmlinux.py"
  ln -sf bt.py "$work/vmlinux-new.py"
}

ask_inquest() {
  case $1 in
    report) timed inquest "$LAB_INQUEST/inquest" report "$vmcore" ;;
    vmlinux) timed inquest "$LAB_INQUEST/inquest" crash "$vmcore" "$vmlinux" -c bt ;;
    vmlinux-new) rm -rf "$XDG_CACHE_HOME"; timed inquest "$LAB_INQUEST/inquest" crash "$vmcore" "$vmlinux" -c bt ;;
    *) timed inquest "$LAB_INQUEST/inquest" crash "$vmcore" -c "${commands[$1]}" ;;
  esac
}
ask_drgn() { [[ -e $work/$1.py ]] && timed drgn "$drgn" -q -c "$vmcore" -s "$vmlinux" "$work/$1.py"; }
ask_crash() {
  printf 'set scroll off\n%s\nquit\n' "${commands[$1]}" >"$work/in"
  # shellcheck disable=SC2016
  timed crash sh -c '"$1" -s "$2" "$3" <"$4"' sh "$crash" "$vmlinux" "$vmcore" "$work/in"
}

# Is this an answer at all? A command that fails does not always end its program with a failure.
answered() { # answered QUESTION WHO
  case $1:$2 in
    ps:drgn | report:inquest) [[ -s $work/$2.log ]] ;;
    ps:*) grep -q 'PID .*COMM' "$work/$2.log" ;;
    kmem:*) grep -q 'TOTAL MEM' "$work/$2.log" ;;
    *) grep -q '^ *#[01] ' "$work/$2.log" ;;
  esac
}

# Tasks that an answer is of; "-" for questions that are of none.
tasks_of() { # tasks_of QUESTION WHO
  case $1:$2 in
    all:*) grep -c '^PID:' "$work/$2.log" ;;
    ps:drgn) grep -c . "$work/$2.log" ;;
    ps:*) grep -cE '^[> ] +[0-9]+ +[0-9]+ ' "$work/$2.log" ;;
    *) echo - ;;
  esac
}

question_row() { # question_row QUESTION
  local q=$1 who i tasks='' cells='' ours drgns crashes able=()
  rm -f "$work"/*.times
  for who in inquest drgn crash; do
    if "ask_$who" "$q" && answered "$q" "$who"; then able+=("$who"); tasks+=" $(tasks_of "$q" "$who")"; else tasks+=" -"; fi
  done
  [[ " ${able[*]-} " == *" inquest "* ]] || { failed=1; echo "compare: $q: $(head -n 3 "$work/inquest.log")" >&2; }
  rm -f "$work"/*.times
  for ((i = 0; i < rounds; i++)); do
    for who in ${able[@]+"${able[@]}"}; do "ask_$who" "$q"; done
  done
  for i in 1 2 3; do
    ours=$(median inquest $i) drgns=$(median drgn $i) crashes=$(median crash $i)
    case $i in
      1) cells+=" $(figure "$ours") | $(figure "$drgns") | $(ratio "$ours" "$drgns") | $(figure "$crashes") | $(ratio "$ours" "$crashes") |" ;;
      2) cells+=" $(figure "$ours") | $(figure "$drgns") | $(figure "$crashes") |" ;;
      3) cells+=" $(mebibytes "$ours") | $(mebibytes "$drgns") | $(mebibytes "$crashes") |" ;;
    esac
  done
  [[ $tasks != ' - - -' ]] || tasks=''
  echo "| ${titles[$q]} |$cells${tasks} |"
}

compare_questions() {
  local q
  write_drgn_scripts
  cat "$vmcore" "$vmlinux" >/dev/null
  INQUEST_NO_BUILD='' "$LAB_INQUEST/inquest" --version --verbose >/dev/null 2>&1 || true # builds, if sources are newer
  machine
  echo "- input: $(stat -c %s "$vmcore") bytes, in the page cache, as is the vmlinux of $(stat -c %s "$vmlinux")"
  echo "- peers: $("$drgn" --version | head -1 | cut -d' ' -f1,2); $("$crash" --version | grep -m 1 .); $rounds rounds in turn, medians"
  echo
  echo "| question | wall s | drgn | ratio | crash | ratio | CPU s | drgn | crash | peak RSS MiB | drgn | crash | tasks: ours, drgn, crash |"
  echo "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |"
  for q in ${questions//,/ }; do question_row "$q"; done
}
