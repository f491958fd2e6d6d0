/*
 * Process 1 of the capture kernel, and what it can do for others:
 *
 *   init                       as process 1: saves the dump and reboots
 *   init prepare N [PLAN]      makes target N of the plan ready and prints its folder or device
 *   init release N [PLAN]      makes durable what was written to it, and unmounts it
 *   init lifeboat VMCORE FOLDER|DEVICE
 *                              saves the log and all memory, without Java
 *   init check-plan FILE       prints what of a plan is understood
 *   init identify DEVICE...    prints type, UUID and label of file systems
 *
 * Exit status: 0, 1 for a failure that was said, 64 for a wrong command line; of the lifeboat the sum of 1 (no log) and 2 (no
 * vmcore, or not all of it).
 */
#include "capture.h"
#include "lifeboat.h"
#include "plan.h"
#include "say.h"
#include "superblock.h"
#include "target.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FAILED = 1, WRONG_USAGE = 64 };

static int usage(void)
{
    fprintf(stderr, "usage: init prepare|release N [PLAN] | lifeboat VMCORE FOLDER|DEVICE | check-plan FILE | identify DEVICE...\n");
    return WRONG_USAGE;
}

static int check_plan(char **words, int count)
{
    static struct plan plan;
    (void)count;
    int wrong = plan_read(&plan, words[0]);
    if (wrong >= 0)
        plan_write(&plan, stdout);
    return wrong ? FAILED : 0;
}

static const struct target *target_of(struct plan *plan, char **words, int count)
{
    const char *file = count > 1 ? words[1] : PLAN_FILE;
    char *end;
    long number = strtol(words[0], &end, 10);
    if (plan_read(plan, file) < 0)
        return NULL;
    const struct target *target = *end ? NULL : plan_target(plan, (int)number);
    if (!target)
        say("%s: there is no target %s", file, words[0]);
    return target;
}

static int prepare(char **words, int count)
{
    static struct plan plan;
    char place[PATH_MAX];
    const struct target *target = target_of(&plan, words, count);
    if (!target || target_prepare(target, place))
        return FAILED;
    puts(place);
    return 0;
}

static int release(char **words, int count)
{
    static struct plan plan;
    const struct target *target = target_of(&plan, words, count);
    return target && target_release(target) == 0 ? 0 : FAILED;
}

static int lifeboat(char **words, int count)
{
    (void)count;
    struct stat to;
    if (stat(words[1], &to) == 0 && !S_ISDIR(to.st_mode))
        return lifeboat_save_on_device(words[0], words[1]);
    return lifeboat_save(words[0], words[1]);
}

static int identify_one(const char *name)
{
    struct superblock super;
    int device = open(name, O_RDONLY | O_CLOEXEC);
    int failed = device < 0 || superblock_read(device, &super);
    if (device < 0)
        say("%s: %s", name, strerror(errno));
    else if (failed)
        say("%s: no file system that is known here", name);
    else
        printf("%s %s %s %s\n", name, super.type, super.uuid, super.label);
    if (device >= 0)
        close(device);
    return failed ? FAILED : 0;
}

static int identify(char **words, int count)
{
    int status = 0;
    for (int i = 0; i < count; i++)
        status |= identify_one(words[i]);
    return status;
}

static const struct {
    const char *name;
    int least, most; /* words behind it */
    int (*run)(char **words, int count);
} COMMANDS[] = {
    {"prepare", 1, 2, prepare},       {"release", 1, 2, release},      {"lifeboat", 2, 2, lifeboat},
    {"check-plan", 1, 1, check_plan}, {"identify", 1, 1024, identify},
};

int main(int count, char **words)
{
    /* The kernel gives process 1 what it does not understand of its command line. */
    if (getpid() == 1)
        capture_run();
    if (count < 2)
        return usage();
    for (size_t i = 0; i < sizeof COMMANDS / sizeof *COMMANDS; i++)
        if (strcmp(words[1], COMMANDS[i].name) == 0 && count - 2 >= COMMANDS[i].least && count - 2 <= COMMANDS[i].most)
            return COMMANDS[i].run(words + 2, count - 2);
    return usage();
}
