#include "say.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>
#include <unistd.h>

enum { MOST_CONSOLES = 8, MOST_LINE = 1024, READ_ALL = 3, LOG_BYTES = 10 };

/* Facility user, level debug: in the kernel's log, and not a second time on the console. */
static const char KERNEL_LOG_LEVEL[] = "<15>";

static int consoles[MOST_CONSOLES];
static int console_count;
static int kernel_log = -1;

void say_on_console(const char *device)
{
    if (kernel_log < 0) {
        /* Else the kernel drops lines that follow each other fast. */
        int limit = open("/proc/sys/kernel/printk_devkmsg", O_WRONLY | O_CLOEXEC);
        if (limit >= 0) {
            (void)!write(limit, "on", 2);
            close(limit);
        }
        kernel_log = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);
    }
    /* Not blocking: a terminal that nobody reads must not hold up the capture. */
    int console = open(device, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (console >= 0 && console_count < MOST_CONSOLES)
        consoles[console_count++] = console;
}

void say(const char *format, ...)
{
    char text[MOST_LINE], line[MOST_LINE + 32];
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    if (console_count == 0 && kernel_log < 0) {
        fprintf(stderr, "%s\n", text);
        return;
    }
    int bytes = snprintf(line, sizeof line, "%sinquest: %s\n", KERNEL_LOG_LEVEL, text);
    int level = sizeof KERNEL_LOG_LEVEL - 1;
    for (int i = 0; i < console_count; i++)
        (void)!write(consoles[i], line + level, (size_t)(bytes - level));
    /* The kernel's log takes one write for a line, and no stream, which would seek first. */
    if (kernel_log >= 0)
        (void)!write(kernel_log, line, (size_t)bytes);
}

/* Each line begins with its level, <6>, which dmesg does not show either. How many bytes are left. */
static int without_levels(char *text, int bytes)
{
    char *to = text;
    for (const char *from = text, *end = text + bytes; from < end;) {
        const char *close = *from == '<' ? memchr(from, '>', (size_t)(end - from)) : NULL;
        const char *line = close ? close + 1 : from;
        const char *next = memchr(line, '\n', (size_t)(end - line));
        next = next ? next + 1 : end;
        memmove(to, line, (size_t)(next - line));
        to += next - line;
        from = next;
    }
    return (int)(to - text);
}

int say_save_log(const char *path)
{
    int bytes = klogctl(LOG_BYTES, NULL, 0);
    char *text = bytes > 0 ? malloc((size_t)bytes) : NULL;
    int count = text ? klogctl(READ_ALL, text, bytes) : -1;
    if (count > 0)
        count = without_levels(text, count);
    int file = count < 0 ? -1 : open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    int failed = file < 0 || write(file, text, (size_t)count) != count || fsync(file);
    if (failed)
        say("%s: %s", path, strerror(errno));
    if (file >= 0)
        close(file);
    free(text);
    return failed ? -1 : 0;
}
