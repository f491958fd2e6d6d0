"""Writes the memory of a process of a real machine's kind to a file, for a guest of lab/vm --real.

usage: heap.py KIND MIB FILES FILE

KIND records: objects with strings, numbers and pointers; buffers: allocations of all sizes with pieces of the files
below FILES, half of them free again; numbers: arrays that change slowly, small integers, tables half full; packed:
data that does not compress; sparse: pages with a few words; text: lines of logs and JSON. The heap of this very
process, then some MIB large, is what FILE gets: real objects, and what Python and malloc put between them.
"""
import array
import glob
import json
import mmap
import random
import sys
import zlib
from itertools import accumulate

MIB = 1 << 20


def resident():
    with open('/proc/self/statm') as statm:
        return int(statm.read().split()[1]) * 4096


def files(pattern, r):
    """Contents of real files, over and over."""
    paths = sorted(glob.glob(sys.argv[3] + pattern, recursive=True))
    r.shuffle(paths)
    while True:
        for path in paths:
            try:
                with open(path, 'rb') as file:
                    data = file.read(4 * MIB)
            except OSError:
                continue
            if len(data) > 64:
                yield data


class Account:
    def __init__(self, number, owner, r):
        self.number, self.owner = number, owner
        self.balance = r.expovariate(0.001)
        self.flags = r.getrandbits(5)
        self.limits = [r.randrange(100) for _ in range(r.randrange(6))]
        self.previous = None


def records(size, r):
    """An application's objects: dicts, lists, instances, linked lists; values repeat as those of customers do."""
    names = ['user%d@host%d.example' % (r.randrange(10**5), r.randrange(50)) for _ in range(3000)]
    kept, last = {}, None
    while resident() < size:
        for _ in range(2000):
            key = r.getrandbits(40)
            account = Account(key, r.choice(names), r)
            account.previous, last = last, account
            kept[key] = {'account': account, 'name': 'session-%d' % key, 'seen': r.randrange(1 << 31),
                         'ok': True, 'tags': (r.choice(names), r.choice(names))}
        if r.random() < 0.3:  # what is deleted leaves holes
            for key in r.sample(list(kept), 900):
                del kept[key]
    return kept


def buffers(size, r):
    """malloc'ed blocks from 600 bytes to some pages with contents of files; holes keep their old contents."""
    kept, young = [], []
    for data in files('/usr/**/*', r):
        at = 0
        while at < len(data):
            n = int(min(600 * 1.2 ** r.expovariate(0.12), 300000))
            young.append(bytearray(data[at:at + n]))
            at += n
        if len(young) > 2000:
            r.shuffle(young)
            kept += young[:1200]
            young = []
        if resident() >= size:
            return kept


def numbers(size, r):
    rare = bytes(n % 4 if n < 60 else 0 for n in range(256))
    kept = []
    while resident() < size:
        steps = array.array('h', r.randbytes(100000))
        kept.append(array.array('d', accumulate(steps, initial=r.randrange(1 << 20))))
        kept.append(array.array('q', accumulate(r.randbytes(60000), initial=r.getrandbits(40))))
        kept.append(array.array('i', r.randbytes(90000)))
        kept.append(array.array('q', range(0, r.randrange(1 << 20), 56)))
        kept.append(dict.fromkeys(range(r.randrange(1 << 20), 1 << 20, 37), len(kept)))
        kept.append(r.randbytes(200000).translate(rare))
    return kept


def packed(size, r):
    kept = []
    for data in files('/usr/**/*', r):
        kept.append(zlib.compress(data[:MIB // 4], 1))
        kept.append(r.randbytes(3 * len(kept[-1])))
        if resident() >= size:
            return kept


def sparse(size, r):
    area = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    for at in range(0, size, 4096):
        for _ in range(r.randrange(1, 9)):
            where = at + r.randrange(510) * 8
            area[where:where + 8] = (0x7F0000000000 + r.getrandbits(30)).to_bytes(8, 'little')
    return area


def text(size, r):
    kept = []
    for data in files('/var/log/*[!bz]', r):
        lines = data.decode('utf-8', 'replace').split('\n')
        r.shuffle(lines)
        kept.append(lines)
        kept.append(json.dumps([{'line': n, 'text': line} for n, line in enumerate(lines[:4000])]))
        if resident() >= size:
            return kept


def write_memory(path):
    """All that this process may write to and shares with no one, but its stack."""
    with open('/proc/self/maps') as maps, open('/proc/self/mem', 'rb', 0) as memory, open(path, 'wb', 0) as file:
        for line in maps:
            fields = line.split()
            if fields[1] == 'rw-p' and (len(fields) == 5 or fields[5] == '[heap]'):
                at, end = (int(word, 16) for word in fields[0].split('-'))
                memory.seek(at)
                while at < end:
                    at += file.write(memory.read(min(end - at, MIB)))


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    kind, size = sys.argv[1], int(sys.argv[2]) * MIB
    kept = globals()[kind](size, random.Random(kind + str(size)))
    write_memory(sys.argv[4])
    del kept


main()
