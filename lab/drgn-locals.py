"""With drgn: are parameters and locals of each frame what Inquest says? Part of with-vmlinux.

usage: drgn -c VMCORE -s VMLINUX drgn-locals.py ANSWER
  ANSWER   our `crash --json -c 'foreach bt --locals'`
Compares numbers, pointers, truth values and enumerators: of a variable that one side does not know it is only counted.
Exit status 1 if any value differs, or none is compared.
"""
import collections
import json
import sys

from drgn import ObjectAbsentError, TypeKind
from drgn.helpers.linux.pid import find_task

SCALARS = (TypeKind.INT, TypeKind.BOOL, TypeKind.POINTER, TypeKind.ENUM)


def kind_of(kind):
    while kind.kind == TypeKind.TYPEDEF:
        kind = kind.type
    return kind


def told(ours, kind):
    """Our JSON as a number: pointers are hexadecimal, enumerators have their names, pointers to text an object around."""
    if isinstance(ours, dict):
        ours = ours.get("address", ours.get("value", ours.get("pointer")))
    if isinstance(ours, str) and kind.kind == TypeKind.ENUM:
        found = [e.value for e in kind.enumerators or () if e.name == ours]
        return found[0] if found else ours
    return int(ours, 0) if isinstance(ours, str) and ours[:2] == "0x" else ours


def theirs(frame, name):
    """drgn's value and its type, or None where it has no value or not a scalar one."""
    try:
        variable = frame[name]
        kind = kind_of(variable.type_)
        return (variable.value_(), kind) if kind.kind in SCALARS else None
    except (ObjectAbsentError, KeyError, LookupError, ValueError, NotImplementedError):
        return None


def frames_of_drgn(pid):
    """Frames by address and function, of several the innermost first."""
    found = collections.defaultdict(list)
    for frame in prog.stack_trace(find_task(prog, pid)):
        try:
            found[frame.pc, frame.name].append(frame)
        except LookupError:
            pass
    return found


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        stacks = [stack for part in json.load(f)["parts"] for stack in part.get("stacks", ())]
    same = unknown_here = unknown_there = other = 0
    wrong = []
    for stack in stacks:
        if stack["pid"] == 0:
            continue
        frames = frames_of_drgn(stack["pid"])
        for frame in stack["frames"]:
            names = collections.Counter((v["function"], v["name"]) for v in frame.get("locals", ()))
            inner = {}
            for variable in frame.get("locals", ()):
                key = variable["function"], variable["name"]
                if names[key] > 1:  # of nested blocks, or of a function that was inlined twice
                    continue
                function = variable["function"]
                if function not in inner:
                    matching = frames.get((int(frame["address"], 16), function), [])
                    inner[function] = matching.pop(0) if matching else None
                if inner[function] is None or variable["name"] not in inner[function].locals():
                    other += 1
                    continue
                value = theirs(inner[function], variable["name"])
                if value is None:
                    unknown_there += "value" in variable
                elif "value" not in variable:
                    unknown_here += 1
                elif told(variable["value"], value[1]) == value[0]:
                    same += 1
                else:
                    wrong.append("PID %d, %s %s %s: ours %s, drgn %#x" % (
                        stack["pid"], frame["address"], *key, json.dumps(variable["value"])[:80], value[0]))
    for line in wrong[:10]:
        print(line)
    print("locals: %d values as drgn's, %d differ; %d only drgn has, %d structs or only ours, %d of frames drgn lacks"
          % (same, len(wrong), unknown_here, unknown_there, other))
    return 1 if wrong or not same else 0


sys.exit(main())
