#include "java.h"
#include "mounts.h"
#include "say.h"
#include "state.h"
#include "step.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Java's own exit statuses. */
enum { ALL_SAVED = 0, SOMETHING_SAVED = 3 };

enum { MOUNT_SECONDS = 30 };

/* All that the JVM and the programs that it starts find, whatever the kernel's command line put into process 1's. */
static char *const ENVIRONMENT[] = {
    "PATH=" RUNTIME_FOLDER "/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME=/root",
    "TERM=linux",
    "LD_LIBRARY_PATH=" RUNTIME_FOLDER "/lib",
    /* Without a locale Java opens no file whose name is not ASCII. */
    "LC_CTYPE=C.UTF-8",
    "LOCPATH=" RUNTIME_FOLDER "/locale",
    /* One heap of the C library instead of one for each thread. */
    "MALLOC_ARENA_MAX=1",
    NULL,
};

static int mount_runtime(void *plan)
{
    return mounts_of_runtime(plan) ? 1 : 0;
}

/* When memory runs out, this goes first: process 1 can save the dump without it. */
static void offer_to_oom_killer(void)
{
    int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (file >= 0) {
        (void)!write(file, "1000", 4);
        close(file);
    }
}

static int execute(void *context)
{
    const struct plan *plan = context;
    offer_to_oom_killer();
    step_is_alive();
    execve(plan->java[0], plan->java, ENVIRONMENT);
    say("java: %s: %s", plan->java[0], strerror(errno));
    return 127;
}

/* A dump that was saved and verified is saved, whatever came after it. */
static enum java_result result_of(int ended)
{
    char detail[256];
    if (ended == ALL_SAVED || state_last("verify", "done", detail, sizeof detail) == 0)
        return JAVA_SAVED;
    return ended == SOMETHING_SAVED ? JAVA_INCOMPLETE : JAVA_NOTHING;
}

enum java_result java_run(const struct plan *plan)
{
    if (!plan->java[0]) {
        say("java: none in the plan");
        return JAVA_NOTHING;
    }
    if (plan->runtime && step_run(&(struct step){"runtime", MOUNT_SECONDS, mount_runtime, (void *)plan})) {
        state_add("java", "failed", "the runtime %s cannot be mounted", plan->runtime);
        return JAVA_NOTHING;
    }
    say("java: started");
    int ended = step_run(&(struct step){"java", plan->java_silence, execute, (void *)plan});
    enum java_result result = result_of(ended);
    if (ended >= 0)
        say("java: ended with exit status %d", ended);
    state_add("java", result == JAVA_NOTHING ? "failed" : "done", ended >= 0 ? "exit status %d" : "ended by process 1 or a signal (%d)",
              ended);
    return result;
}
