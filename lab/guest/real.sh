# Sourced by live.sh: memory as on a machine that has worked for a while (vm --real). The disk labreal has files of
# the host and the heaps of processes, see ../real-files.
R=/mnt/real
mkdir -p $R
disk labreal $R ro
say "real start $(cut -d' ' -f1 /proc/uptime)"
# The page cache, and with it inodes and dentries.
find $R/usr $R/var -type f -exec cat {} + >/dev/null
# Temporary files, and a log that is being written.
cp $R/var/log/events.db /mnt/tmp/sort.tmp
head -c 8388608 $R/var/log/syslog >/mnt/ext4/syslog
# Each heap by a process of its own; that of large arrays in huge pages.
for kind in records buffers text packed sparse; do
  /lab/bin/workload heap $R/heaps/$kind small >>/mnt/tmp/real.txt 2>&1 &
done
/lab/bin/workload heap $R/heaps/numbers huge >>/mnt/tmp/real.txt 2>&1 &
n=0
until [ "$(grep -c '^heap' /mnt/tmp/real.txt)" = 6 ] || [ $((n += 1)) = 300 ]; do sleep 1; done
# Memory that is free again keeps what was in it.
for kind in records buffers text; do
  /lab/bin/workload heap $R/heaps/$kind ended >>/mnt/tmp/real.txt 2>&1
done
sed 's/^/LAB: /' /mnt/tmp/real.txt
say "real ready $(cut -d' ' -f1 /proc/uptime)"
