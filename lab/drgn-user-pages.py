"""Translates each user address of truth/workload.txt with the process's own page tables.

usage: drgn -c DUMP -s VMLINUX user_pages.py WORKLOAD

Says how many of them lead to the page frame that the live kernel named. The tables of every process must be in a
dump of any level; the pages themselves may be left out. Pages of files may have moved or gone since; others not.
"""
import sys

from drgn.helpers.linux.mm import follow_phys
from drgn.helpers.linux.pid import find_task

regions, pages = {}, []
with open(sys.argv[1]) as lines:
    for line in lines:
        word = line.split()
        if word[:1] == ["region"]:
            regions[word[1]] = int(word[2])
        elif word[:1] == ["page"] and word[3] != "-1":
            pages.append((word[1], int(word[2], 16), int(word[3])))

spaces = {}
for name, pid in regions.items():
    task = find_task(prog, pid)
    if task:
        spaces[name] = task.mm

right, moved, faults = 0, {}, []
for name, address, pfn in pages:
    try:
        found = follow_phys(spaces[name], address).value_() >> 12
    except Exception as e:
        faults.append("%s %#x: %s" % (name, address, e))
        continue
    if found == pfn:
        right += 1
    else:
        moved[name] = moved.get(name, 0) + 1
print("right %d of %d; elsewhere %s; no way %d%s" % (
    right, len(pages), moved or "none", len(faults), ": " + faults[0] if faults else ""))
