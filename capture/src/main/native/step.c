#include "step.h"
#include "say.h"
#include "watchdog.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* How long a process that was killed may take to go. One that waits for a device in the kernel does not go at all. */
enum { GRACE = 5 };

/* In seconds of uptime, and how many it was set to; 0 for none. */
static unsigned deadline, deadline_seconds;

unsigned step_uptime(void)
{
    struct timespec now;
    clock_gettime(CLOCK_BOOTTIME, &now);
    return (unsigned)now.tv_sec;
}

void step_deadline(unsigned seconds)
{
    deadline_seconds = seconds;
    deadline = seconds ? step_uptime() + seconds : 0;
}

int step_is_late(void)
{
    return deadline && step_uptime() >= deadline;
}

void step_is_alive(void)
{
    utimensat(AT_FDCWD, STEP_ALIVE_FILE, NULL, 0);
}

/* The file's time is compared with what it was and not with a clock, which the step may set. */
static int shows_life(struct timespec *last)
{
    struct stat alive;
    if (stat(STEP_ALIVE_FILE, &alive) || memcmp(&alive.st_mtim, last, sizeof *last) == 0)
        return 0;
    *last = alive.st_mtim;
    return 1;
}

/* Takes leave of all processes that ended. Whether this one did. */
static int reap(pid_t child, int *status)
{
    int any, ended = 0;
    for (pid_t gone; (gone = waitpid(-1, &any, WNOHANG)) > 0;) {
        if (gone == child) {
            *status = any;
            ended = 1;
        }
    }
    return ended;
}

/* Waits up to a second for its end. */
static int has_ended(pid_t child, int *status)
{
    const struct timespec second = {.tv_sec = 1};
    sigset_t ends;
    if (!step_is_late())
        watchdog_feed();
    if (reap(child, status))
        return 1;
    sigemptyset(&ends);
    sigaddset(&ends, SIGCHLD);
    sigtimedwait(&ends, NULL, &second);
    return reap(child, status);
}

static void end(pid_t child, const char *name)
{
    int status;
    unsigned until = step_uptime() + GRACE;
    kill(-child, SIGKILL);
    kill(child, SIGKILL);
    while (!has_ended(child, &status)) {
        if (step_uptime() >= until) {
            say("%s: it cannot be ended, as it waits in the kernel; going on without it", name);
            return;
        }
    }
}

static int wait_for(const struct step *step, pid_t child)
{
    struct timespec last = {0};
    unsigned heard = step_uptime();
    int status;
    while (!has_ended(child, &status)) {
        if (step_is_late()) {
            say("%s: ended, as the deadline of %u s is over", step->name, deadline_seconds);
            end(child, step->name);
            return STEP_LATE;
        }
        if (shows_life(&last))
            heard = step_uptime();
        if (step->silence && step_uptime() - heard >= step->silence) {
            say("%s: ended, as it gave no sign of life for %u s", step->name, step->silence);
            end(child, step->name);
            return STEP_SILENT;
        }
    }
    kill(-child, SIGKILL); /* what it started and left */
    if (WIFSIGNALED(status)) {
        say("%s: killed by signal %d (%s)", step->name, WTERMSIG(status), strsignal(WTERMSIG(status)));
        return STEP_KILLED;
    }
    return WEXITSTATUS(status);
}

int step_run(const struct step *step)
{
    sigset_t ends, none;
    if (step_is_late())
        return STEP_LATE;
    sigemptyset(&ends);
    sigaddset(&ends, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ends, NULL); /* process 1 waits for them, see has_ended */
    pid_t child = fork();
    if (child == 0) {
        setpgid(0, 0);
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        _exit(step->run(step->context));
    }
    if (child < 0) {
        say("%s: no process can be started", step->name);
        return STEP_NOT_STARTED;
    }
    setpgid(child, child);
    return wait_for(step, child);
}
