# Sourced by init in the live kernel: load the capture kernel, run the load, save the truth, crash.
mount -t debugfs debug /sys/kernel/debug 2>/dev/null
mount -t tracefs trace /sys/kernel/tracing 2>/dev/null
mount -t tmpfs -o size=90% tmp /mnt/tmp
ip link set lo up
sysctl -q -w kernel.panic_on_oops=1 kernel.sysrq=1 kernel.printk='7 4 1 7' kernel.hung_task_timeout_secs=10
for m in $(cat /lab/modules.list); do insmod /lab/modules/$m.ko || say "no module $m"; done
ip link add dev dummy0 type dummy 2>/dev/null
panic=$(param panic)
die=/sys/module/inquest_lab/parameters/die
say "kernel $(uname -r) panic $panic load $(param load) MiB"

if [ "$(param kdump)" = 1 ]; then
  line="console=ttyS0 lab.stage=$(param capture) lab.dump=$(param dump) irqpoll nr_cpus=1 reset_devices panic=-1 $(param kappend | tr , ' ')"
  if /lab/bin/kexec -s -p /lab/vmlinuz --initrd=/lab/initrd --append="$line"; then
    say "kexec by kexec_file_load"
  elif /lab/bin/kexec -c -p /lab/vmlinuz --initrd=/lab/initrd --append="$line"; then
    say "kexec by kexec_load"
  else
    say "fail kexec -p"; sleep 1; poweroff -f
  fi
  say "crash size $(cat /sys/kernel/kexec_crash_size) loaded $(cat /sys/kernel/kexec_crash_loaded)"
fi

disk labout /out
mkdir -p /out/truth
disk labscr /mnt/ext4
if [ "$(param scrub)" = 1 ]; then
  # Twice: the first time pushes the page cache out, the second takes what that freed.
  echo 3 >/proc/sys/vm/drop_caches
  for i in 1 2; do
    free=$(sed -n 's/^MemFree: *\([0-9]*\) kB/\1/p' /proc/meminfo)
    [ $free -gt 8192 ] && /lab/bin/workload scrub $((free / 1024 - 3)) $(param stride)
    echo 3 >/proc/sys/vm/drop_caches
  done
fi
[ -n "$(param hugepages)" ] && sysctl -q -w vm.nr_hugepages=$(param hugepages)
[ -n "$(param trace)" ] && . /lab/trace.sh
[ -n "$(param real)" ] && . /lab/real.sh
say "load start $(cut -d' ' -f1 /proc/uptime)"
INQUEST_MARK=inquest-environment-value /lab/bin/workload run $(param load) $(param stride) $(param tasks) >/mnt/tmp/workload.txt 2>&1 &
for i in $(seq 300); do grep -qs '^ready' /mnt/tmp/workload.txt && break; sleep 1; done
grep '^text failed' /mnt/tmp/workload.txt
cp /mnt/tmp/workload.txt /out/truth/
sha256sum /mnt/tmp/inquest-tmpfs /mnt/ext4/inquest-ext4 >/out/truth/files.sha256
say "load ready $(cut -d' ' -f1 /proc/uptime)"
[ "$panic" = hung ] && { fsfreeze --freeze /mnt/ext4; /lab/bin/workload frozen & }

. /lab/truth.sh
umount /out || say "fail umount"
sync
say "truth saved $(cut -d' ' -f1 /proc/uptime)"
sleep 0.3 # the console is slower than a crash

case $panic in
  sysrq) say "panic now"; echo c >/proc/sysrq-trigger ;;
  hung) sysctl -q -w kernel.hung_task_panic=1; say "panic now" ;;
  nmi) sysctl -q -w kernel.unknown_nmi_panic=1; say "panic by host" ;;
  mce) say "panic by host" ;;
  oom) sysctl -q -w vm.panic_on_oom=2; say "panic now"; /lab/bin/workload hog ;;
  init) say "panic now"; exit 1 ;;
  null | gpf | badjump | stackoverflow)
    say "fault at 0x$(grep ' [Tt] vfs_fallocate$' /proc/kallsyms | cut -d' ' -f1)"
    sleep 3
    say "panic now"; /lab/bin/workload fallocate ;;
  none) say "live by host" ;;
  *) [ -e $die ] || say "fail unknown panic $panic" ;;
esac
# The ways of the lab's module, each with what makes it fatal. tee: a process of its own dies of it.
case $panic in
  warn | refcount | atomic) sysctl -q -w kernel.panic_on_warn=1 ;;
  kfence) sysctl -q -w kernel.panic_on_warn=1; echo 10 >/sys/module/kfence/parameters/sample_interval ;;
  softlockup) sysctl -q -w kernel.watchdog_thresh=2 kernel.softlockup_panic=1 ;;
  deadlock) sysctl -q -w kernel.hung_task_timeout_secs=5 kernel.hung_task_panic=1 ;;
  rcustall | hardlockup)
    sysctl -q -w kernel.soft_watchdog=0 kernel.panic_on_rcu_stall=1
    echo 3 >/sys/module/rcupdate/parameters/rcu_cpu_stall_timeout ;;
esac
[ -e $die ] && { say "panic now"; echo $panic | tee $die; }
while :; do sleep 1000; done
