#include "state.h"
#include "say.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST_DETAIL = 4096 };

void state_add(const char *step, const char *result, const char *format, ...)
{
    char detail[MOST_DETAIL], moment[32];
    struct tm utc;
    struct timespec now;
    va_list values;
    va_start(values, format);
    vsnprintf(detail, sizeof detail, format, values);
    va_end(values);
    clock_gettime(CLOCK_REALTIME, &now);
    strftime(moment, sizeof moment, "%Y-%m-%dT%H:%M:%S", gmtime_r(&now.tv_sec, &utc));
    int file = open(STATE_FILE, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file >= 0) {
        dprintf(file, "%s.%03ldZ %s %s %s\n", moment, now.tv_nsec / 1000000, step, result, detail);
        close(file);
    }
}

int state_last(const char *step, const char *result, char *detail, size_t size)
{
    char line[MOST_DETAIL + 128], wanted[128];
    int found = -1;
    FILE *file = fopen(STATE_FILE, "re");
    snprintf(wanted, sizeof wanted, "%s %s ", step, result);
    while (file && fgets(line, sizeof line, file)) {
        const char *words = strchr(line, ' ');
        if (words && strncmp(words + 1, wanted, strlen(wanted)) == 0) {
            snprintf(detail, size, "%s", words + 1 + strlen(wanted));
            detail[strcspn(detail, "\n")] = '\0';
            found = 0;
        }
    }
    if (file)
        fclose(file);
    return found;
}

int state_copy(const char *path)
{
    char part[MOST_DETAIL];
    ssize_t bytes = 0;
    int to = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (to < 0 && errno == EEXIST)
        return 0;
    int from = to < 0 ? -1 : open(STATE_FILE, O_RDONLY | O_CLOEXEC);
    int failed = from < 0;
    while (!failed && (bytes = read(from, part, sizeof part)) > 0)
        failed = write(to, part, (size_t)bytes) != bytes;
    failed |= bytes < 0 || (to >= 0 && fsync(to));
    if (failed)
        say("%s: %s", path, strerror(errno));
    if (from >= 0)
        close(from);
    if (to >= 0)
        close(to);
    return failed ? -1 : 0;
}
