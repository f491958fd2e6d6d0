# Sourced by live.sh with lab.trace=1, before the workload's tasks begin to wait: hooks the return addresses of
# functions that they wait in, by the function graph tracer and by kretprobes, and makes code at run time.
t=/sys/kernel/tracing
for f in __x64_sys_clock_nanosleep hrtimer_nanosleep do_futex do_sys_poll vfs_read do_wait kernel_wait4 do_epoll_wait do_signal_stop; do
  echo $f >>$t/set_ftrace_filter
done
echo function_graph >$t/current_tracer || say "no function graph tracer"
for f in common_nsleep futex_wait do_semtimedop do_msgrcv inet_recvmsg pipe_read __do_sys_wait4 vfs_read schedule_timeout; do
  echo "r:lab/$f $f" >>$t/kprobe_events || say "no kretprobe of $f"
done
# Behind the call of the tracer, so that the instruction is copied to a slot; the function may begin with endbr64.
echo 'p:lab/slot vfs_fallocate+5' >>$t/kprobe_events || echo 'p:lab/slot vfs_fallocate+9' >>$t/kprobe_events
echo 1 >$t/events/lab/enable
/lab/bin/workload bpf &
say "traced: $(grep -c '\[bpf\]\|\[__builtin__' /proc/kallsyms) names of code made at run time"
