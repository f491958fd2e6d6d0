/* Makes reads of one file fail with EIO, as those of a broken disk do. Loaded before the C library, by LD_PRELOAD.
 *
 * FAILING_FILE    the file
 * FAILING_RANGES  its bytes that cannot be read: START-END,START-END,... with END behind the last one
 *
 * A read that begins in such a range is refused; one that begins before it ends where the range begins.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MOST_RANGES = 64 };

static struct stat failing;
static struct { off_t start, end; } ranges[MOST_RANGES];
static int count;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("FAILING_FILE");
    char *at = getenv("FAILING_RANGES");
    if (path == NULL || at == NULL || stat(path, &failing) != 0)
        return;
    while (*at != '\0' && count < MOST_RANGES) {
        ranges[count].start = strtoll(at, &at, 10);
        if (*at++ != '-')
            abort();
        ranges[count++].end = strtoll(at, &at, 10);
        if (*at == ',')
            at++;
    }
}

/* How many of the bytes from an offset on can be read; -1 if not even the first. */
static ssize_t readable(int fd, size_t size, off_t offset) {
    struct stat opened;
    if (count == 0 || syscall(SYS_fstat, fd, &opened) != 0)
        return size;
    if (opened.st_dev != failing.st_dev || opened.st_ino != failing.st_ino)
        return size;
    for (int i = 0; i < count; i++) {
        if (offset >= ranges[i].start && offset < ranges[i].end)
            return -1;
        if (offset < ranges[i].start && ranges[i].start - offset < (off_t) size)
            size = ranges[i].start - offset;
    }
    return size;
}

ssize_t pread64(int fd, void *target, size_t size, off64_t offset) {
    ssize_t bytes = readable(fd, size, offset);
    if (bytes < 0) {
        errno = EIO;
        return -1;
    }
    return syscall(SYS_pread64, fd, target, (size_t) bytes, offset);
}

ssize_t pread(int fd, void *target, size_t size, off_t offset) {
    return pread64(fd, target, size, offset);
}

ssize_t read(int fd, void *target, size_t size) {
    off_t offset = syscall(SYS_lseek, fd, 0, SEEK_CUR);
    ssize_t bytes = offset < 0 ? (ssize_t) size : readable(fd, size, offset);
    if (bytes < 0) {
        errno = EIO;
        return -1;
    }
    return syscall(SYS_read, fd, target, (size_t) bytes);
}
