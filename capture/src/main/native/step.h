/*
 * What process 1 does is done in steps, each in a process of its own: whatever hangs or breaks in one, process 1 only waits,
 * feeds the watchdog, counts the time and goes on.
 */
#ifndef INQUEST_STEP_H
#define INQUEST_STEP_H

/* How a step ended if it has no exit status, which is 0 to 255. */
enum { STEP_KILLED = -1, STEP_SILENT = -2, STEP_LATE = -3, STEP_NOT_STARTED = -4 };

struct step {
    const char *name;
    unsigned silence; /* seconds without a sign of life after which it is ended; 0 for never */
    int (*run)(void *context); /* its value is the exit status */
    void *context;
};

/* No step may run longer than this many seconds from now; 0 for as long as it takes. */
void step_deadline(unsigned seconds);

/* Whether that time is over. */
int step_is_late(void);

/* Runs it, and says so if it did not end by itself. */
int step_run(const struct step *step);

/* A sign of life of the step that calls this. Java gives the same by setting the file's time. */
void step_is_alive(void);

/* Seconds since the start of the kernel. */
unsigned step_uptime(void);

#define STEP_ALIVE_FILE "/run/inquest/alive"

#endif
