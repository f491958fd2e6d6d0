"""Reads the memory of one process of the workload, page by page, through its own page tables.

usage: drgn -c DUMP -s VMLINUX drgn-kept-task.py WORKLOAD PID

A line for each region of truth/workload.txt that the process has: how many of its pages can be read, and a checksum of
all their bytes. A dump that was filtered with --keep-task PID has the lines of the whole one.
"""
import hashlib
import sys

from drgn import FaultError
from drgn.helpers.linux.mm import access_remote_vm
from drgn.helpers.linux.pid import find_task

PAGE = 4096

pid = int(sys.argv[2])
mm = find_task(prog, pid).mm
with open(sys.argv[1]) as lines:
    for line in lines:
        word = line.split()
        if word[:1] != ["region"] or int(word[2]) != pid:
            continue
        start, size = int(word[3], 16), int(word[4])
        read, sum = 0, hashlib.sha256()
        for address in range(start, start + size, PAGE):
            try:
                page = access_remote_vm(mm, address, PAGE)
            except FaultError:
                continue
            read += 1
            sum.update(address.to_bytes(8, "little") + page)
        print("%s %d of %d pages %s" % (word[1], read, size // PAGE, sum.hexdigest()[:16]))
