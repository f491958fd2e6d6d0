package io.inquest.makedumpfile;

/// What `makedumpfile --help` says.
final class Usage {

    static final String TEXT = """

            LZO support:
              enabled
            snappy support:
              enabled
            zstd support:
              enabled

            Usage:
              makedumpfile [OPTION]... VMCORE DUMPFILE            make a small dump of a large one
              makedumpfile -F [OPTION]... VMCORE                  the same, as a stream to standard output
              makedumpfile -R DUMPFILE                            make a dump of such a stream from standard input
              makedumpfile --split [OPTION]... VMCORE PART1 PART2 [PART3]...
              makedumpfile --reassemble PART1 PART2 [PART3]... DUMPFILE
              makedumpfile --dump-dmesg [--partial-dmesg] VMCORE LOGFILE
              makedumpfile --mem-usage VMCORE                     what each level would leave out; also of /proc/kcore
              makedumpfile --estimate [OPTION]... VMCORE          how large the dump would become, and how long it takes
              makedumpfile --memory-plan [OPTION]... [SIZE]       the memory that it takes, here or for a machine of SIZE
              makedumpfile -g FILE {VMCORE | -x VMLINUX}          what a kernel says of itself, for -i

            Which pages stay:
              -d LEVEL[,LEVEL]...  leave pages out; the sum of
                                      1  pages full of zeros
                                      2  page cache without private data
                                      4  all page cache
                                      8  memory of user processes
                                     16  free memory
                                   further levels are tried in turn when there is no space for the dump
              -e                   leave out struct pages, too, of memory that is left out
              -i FILE              what the kernel says of itself, if VMCORE holds no vmcoreinfo
              -x VMLINUX           the kernel's vmlinux, for what VMCORE does not say; if it holds no vmcoreinfo at all,
                                   the kernel is sought in its memory; it must be the kernel's own vmlinux
              --strict-check       fail if the free pages found are not those that the kernel counted
              --no-check           do not compare them
              --check-counters     compare all page counters of the kernel with what was found
              --keep-referenced    keep user pages that the kernel's own state points at
              --keep-task TASK     keep the memory of a process, by the number of one of its threads or by name;
                                   for several, give it several times
              --config FILE        erase what the rules in FILE name; no vmlinux is needed. If a rule cannot be followed,
                                   nothing is written
              --skip-bad-rules     write the dump all the same

            How they are written:
              -c, -l, -p, -z       compress each page with zlib, LZO, snappy or zstd
              --deflate-level N    with -c: 1 (fast) to 12 (small); 1 if not given
              --zstd-level N       with -z: 1 (fast) to 19 (small); 1 if not given
              --adaptive           with -c, -l, -p or -z: pack only as many pages as do not hold up the disk, so that it
                                   takes no longer than without packing; all if the pages had no room as they are
              --dedup              store pages that are the same once; other programs read that as any dump
              -E                   write an ELF core, which is never compressed
              -F                   write a flattened stream to standard output
              -L SIZE              no file larger than SIZE bytes (suffix K, M, G, T, P or E)
              -f                   overwrite what is there
              --plain              write exactly what other programs would: no class map and no checksums
              --splitblock-size K  keep each K kilobytes of memory in one part of a split dump
              --dry-run            write nothing, but do all else

            How the work is done:
              --num-threads N      threads that compress; as many as there are processors if not given
              --cyclic-buffer K    use at most K kilobytes for a bitmap
              --low-memory         smaller buffers, at most two threads; not needed in a capture kernel, which is recognised
              -b ORDER, --work-dir DIR, --non-mmap
                                   accepted; no temporary files and no maps are used in any case

            What is told:
              --message-level N    the sum of 1 progress, 2 common, 4 errors, 8 debugging, 16 statistics; default 7
              --show-stats         adds 16: what was left out and how much was written
              -D                   adds 8
              --json               events and statistics as JSON, one object a line
              --vtop ADDRESS       where a virtual address of the kernel lives
              --check-params       check the command line only
              -h, --help           this text
              -v                   the version

            Not there yet: -X, --eppic, --extension, --diskset, and Xen's options.

            Exit status: 0 done, 1 failed, 2 the file of -i is of another kernel than the dump, 3 the dump is there
            but the kernel's structures could not be read as far as the level asks, or --strict-check found a
            difference, 4 nothing is written, since not all that --config names could be erased.

            """;

    private Usage() {}
}
