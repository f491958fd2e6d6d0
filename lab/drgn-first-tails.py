"""Are these page frames first tails of compound pages, by the struct pages in the dump itself?

usage: drgn -c DUMP -s VMLINUX drgn-first-tails.py FRAMES    FRAMES: a file, one page frame number a line

Exit status 1 if one is not. makedumpfile 1.7.8 loses such pages of 7.x at level 8: it takes the first tail's
_large_mapcount, which lies where other pages have their mapping, for an anonymous mapping.
"""
import sys

from drgn.helpers.linux.mm import compound_head, pfn_to_page

with open(sys.argv[1]) as lines:
    frames = [int(line) for line in lines]
others = []
for pfn in frames:
    page = pfn_to_page(prog, pfn)
    if compound_head(page) != page - 1:
        others.append(pfn)
print("%d first tails of compound pages, %d others%s" % (
    len(frames) - len(others), len(others), ": " + " ".join("%#x" % p for p in others[:8]) if others else ""))
sys.exit(1 if others else 0)
