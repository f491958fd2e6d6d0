#include "lifeboat.h"
#include "output.h"
#include "printk.h"
#include "say.h"
#include "step.h"
#include "vmcore.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PAGE_BYTES = 4096, CHUNK_BYTES = 1 << 20, SECONDS_BETWEEN_LINES = 10 };

static int complain(const char *name)
{
    say("%s: %s", name, strerror(errno));
    return -1;
}

/* For its owner alone, and never an existing file, nor through a link. */
static int create(int folder, const char *name)
{
    int file = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    return file < 0 ? complain(name) : file;
}

/* Gives a file whose content is on the disk its final name. */
static int finish(int folder, const char *unfinished, const char *name)
{
    if (renameat(folder, unfinished, folder, name) || fsync(folder))
        return complain(name);
    return 0;
}

static int save_log(const struct vmcore *core, int folder)
{
    static const char unfinished[] = "vmcore-dmesg-incomplete.txt", name[] = "vmcore-dmesg.txt";
    int file = create(folder, unfinished);
    if (file < 0)
        return -1;
    FILE *out = fdopen(file, "w");
    if (!out) {
        close(file);
        return complain(unfinished);
    }
    long records = printk_write(core, out);
    int failed = fflush(out) || fsync(file) ? complain(unfinished) : 0;
    failed |= fclose(out);
    if (records < 0 || failed)
        return -1;
    say("%ld records of the log saved", records);
    return finish(folder, unfinished, name);
}

static int is_zero(const char *page, size_t bytes)
{
    return page[0] == 0 && memcmp(page, page + 1, bytes - 1) == 0;
}

/* Writes runs of pages that are not zero; the rest is not written. */
static int write_pages(struct output *output, const char *chunk, size_t bytes, uint64_t offset)
{
    size_t at = 0;
    while (at < bytes) {
        size_t run = at;
        while (run < bytes && !is_zero(chunk + run, bytes - run < PAGE_BYTES ? bytes - run : PAGE_BYTES))
            run = bytes - run < PAGE_BYTES ? bytes : run + PAGE_BYTES;
        if (run > at && output_put(output, chunk + at, run - at, offset + at))
            return -1;
        at = run > at ? run : bytes - at < PAGE_BYTES ? bytes : at + PAGE_BYTES;
    }
    return 0;
}

/* Reads a chunk page by page where it cannot be read at once; pages that are refused are zeros, and counted. */
static long read_chunk(const struct vmcore *core, uint64_t offset, char *chunk, uint64_t *refused)
{
    long bytes = vmcore_read_file(core, offset, chunk, CHUNK_BYTES);
    if (bytes >= 0)
        return bytes;
    for (long at = 0; at < CHUNK_BYTES; at += PAGE_BYTES) {
        long got = vmcore_read_file(core, offset + at, chunk + at, PAGE_BYTES);
        if (got >= 0 && got < PAGE_BYTES)
            return at + got;
        if (got < 0) {
            memset(chunk + at, 0, PAGE_BYTES);
            ++*refused;
        }
    }
    return CHUNK_BYTES;
}

/* The end of the last segment: /proc/vmcore has no other end that stat would tell everywhere. */
static uint64_t core_end(const struct vmcore *core)
{
    uint64_t end = 0;
    for (size_t i = 0; i < core->segment_count; i++)
        if (core->segments[i].offset + core->segments[i].bytes > end)
            end = core->segments[i].offset + core->segments[i].bytes;
    return end;
}

static int copy(const struct vmcore *core, struct output *output, char *chunk)
{
    uint64_t offset = 0, refused = 0, end = core_end(core);
    unsigned told = step_uptime();
    while (offset < end) {
        step_is_alive();
        if (step_uptime() - told >= SECONDS_BETWEEN_LINES) {
            told = step_uptime();
            say("vmcore: %llu of %llu MiB", (unsigned long long)(offset >> 20), (unsigned long long)(end >> 20));
        }
        long bytes = read_chunk(core, offset, chunk, &refused);
        if (bytes == 0)
            break;
        if (write_pages(output, chunk, bytes, offset))
            return complain(output->name);
        offset += bytes;
    }
    if (output_end(output, offset))
        return complain(output->name);
    if (refused > 0)
        say("%llu pages of the vmcore cannot be read", (unsigned long long)refused);
    if (offset < end)
        say("the vmcore ends at byte %llu of %llu", (unsigned long long)offset, (unsigned long long)end);
    return refused > 0 || offset < end ? -1 : 0;
}

/* Closes the output. */
static int save_vmcore(const struct vmcore *core, struct output *output)
{
    char *chunk = malloc(CHUNK_BYTES);
    int failed = !chunk || copy(core, output, chunk);
    if (close(output->file))
        failed = 1;
    free(chunk);
    return failed ? -1 : 0;
}

static int save_vmcore_in(int folder, const struct vmcore *core)
{
    static const char unfinished[] = "vmcore-incomplete";
    struct output output = {.name = unfinished, .file = create(folder, unfinished)};
    return output.file < 0 || save_vmcore(core, &output) || finish(folder, unfinished, "vmcore") ? -1 : 0;
}

int lifeboat_save(const char *vmcore, const char *folder_name)
{
    struct vmcore core;
    int folder = open(folder_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        complain(folder_name);
        return LIFEBOAT_NO_LOG | LIFEBOAT_NO_VMCORE;
    }
    if (vmcore_open(&core, vmcore)) {
        close(folder);
        return LIFEBOAT_NO_LOG | LIFEBOAT_NO_VMCORE;
    }
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is told of, as a full disk is */
    int status = save_log(&core, folder) ? LIFEBOAT_NO_LOG : 0;
    if (save_vmcore_in(folder, &core))
        status |= LIFEBOAT_NO_VMCORE;
    vmcore_close(&core);
    close(folder);
    return status;
}

int lifeboat_save_on_device(const char *vmcore, const char *device)
{
    struct vmcore core;
    struct output output;
    if (vmcore_open(&core, vmcore))
        return LIFEBOAT_NO_LOG | LIFEBOAT_NO_VMCORE;
    int failed = output_on_device(&output, device) || save_vmcore(&core, &output);
    vmcore_close(&core);
    return LIFEBOAT_NO_LOG | (failed ? LIFEBOAT_NO_VMCORE : 0);
}
