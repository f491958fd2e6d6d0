# Sourced by init in the capture kernel: Inquest saves the dump, then makedumpfile does the same, in turn.
# What each took goes to /out/spike: a line NAME key=value... a run in runs.txt, and its own output.
disk labout /out
S=/out/spike
mkdir -p $S
say "capture kernel, vmcore $(stat -c %s /proc/vmcore) bytes, up $(cut -d' ' -f1 /proc/uptime)"
cat /proc/meminfo >$S/meminfo.start
mkdir -p /inquest
if [ -e /inquest.squashfs ]; then mount -t squashfs -o loop /inquest.squashfs /inquest || say "fail squashfs"; fi
mkdir -p /lib/x86_64-linux-gnu /lib64
for f in /inquest/lib/*; do ln -s $f /lib/x86_64-linux-gnu/; done
ln -s /inquest/lib/ld-linux-x86-64.so.2 /lib64/
export MALLOC_ARENA_MAX=1
# Without a locale Java opens no file whose name is not ASCII.
export LC_CTYPE=C.UTF-8 LOCPATH=/inquest/locale
flags="$(cat /inquest/flags) -Dinquest.lib=/inquest/lib"
# With AOTMode=on a cache that cannot be used is an error, so that a slow start does not go unnoticed.
java() { # java NAME CLASS ARGUMENT...
  cache=/inquest/aot/$1.aot class=$2; shift 2
  [ -e $cache ] && flags="$flags -XX:AOTMode=on -XX:AOTCache=$cache"
  exec /inquest/jre/bin/java $flags -m io.inquest.makedumpfile/io.inquest.makedumpfile.$class "$@"
}
makedumpfile_java() { java makedumpfile Makedumpfile "$@"; }
dmesg_java() { java vmcore-dmesg VmcoreDmesg /proc/vmcore; }
makedumpfile_c() { exec /lab/bin/makedumpfile "$@"; }
dmesg_c() { exec /lab/bin/vmcore-dmesg /proc/vmcore; }

# watch PID: sets the largest of the process's memory by kind, the least that was available, in KiB,
# and the last of its stat file (the shell reaps it before it could be read at the end: 50 ms may be missing).
watch() {
  hwm=0 anon=0 file=0 least=999999999 times=
  while :; do
    state=gone
    read -r stat 2>/dev/null </proc/$1/stat && times=$stat
    while read -r k v r; do
      case $k in
        State:) state=$v ;;
        VmHWM:) [ $v -gt $hwm ] && hwm=$v ;;
        RssAnon:) [ $v -gt $anon ] && anon=$v ;;
        RssFile:) [ $v -gt $file ] && file=$v ;;
      esac
    done 2>/dev/null </proc/$1/status
    while read -r k v r; do
      case $k in MemAvailable:) [ $v -lt $least ] && least=$v; break ;; esac
    done </proc/meminfo
    case $state in Z | gone) break ;; esac
    usleep 50000
  done
}
available() { sed -n 's/^MemAvailable: *\([0-9]*\) kB/\1/p' /proc/meminfo; }

# measure NAME OUTPUT-OF-STDOUT COMMAND...
measure() {
  name=$1 text=$2; shift 2
  sync; echo 3 >/proc/sys/vm/drop_caches
  before=$(available)
  t0=$(cut -d' ' -f1 /proc/uptime)
  "$@" >$text 2>$S/$name.err &
  pid=$!
  watch $pid
  t1=$(cut -d' ' -f1 /proc/uptime)
  set -- $times
  user=$((${14:-0} * 10)) system=$((${15:-0} * 10))
  wait $pid; rc=$?
  sync
  t2=$(cut -d' ' -f1 /proc/uptime)
  line="$name rc=$rc begin=$t0 end=$t1 synced=$t2 user_ms=$user system_ms=$system hwm_kib=$hwm anon_kib=$anon file_kib=$file available_before_kib=$before available_least_kib=$least"
  echo "$line" >>$S/runs.txt
  say "$line"
  [ $rc = 0 ] || tail -5 $S/$name.err
}

level=$(param dump); level=${level#*:}
measure inquest-dmesg-1 /out/vmcore-dmesg.txt dmesg_java
measure vmcore-dmesg-1 $S/vmcore-dmesg.txt dmesg_c
for round in 1 2; do
  rm -f /out/vmcore.inquest $S/vmcore.makedumpfile
  measure inquest-$round $S/inquest-$round.out makedumpfile_java -l -d $level /proc/vmcore /out/vmcore.inquest
  measure makedumpfile-$round $S/makedumpfile-$round.out makedumpfile_c -l -d $level /proc/vmcore $S/vmcore.makedumpfile
done
cat /proc/meminfo >$S/meminfo.end
dmesg -s 4194304 >$S/dmesg.txt
umount /out || say "fail umount"
sync
say "done"
sleep 0.2
poweroff -f
