#include "capture.h"
#include "dump_folder.h"
#include "ending.h"
#include "java.h"
#include "lifeboat.h"
#include "module.h"
#include "mounts.h"
#include "plan.h"
#include "say.h"
#include "state.h"
#include "step.h"
#include "target.h"
#include "watchdog.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <unistd.h>

/* Silence after which a step is ended, in seconds. */
enum { MODULE_SECONDS = 60, TARGET_SECONDS = 120, LIFEBOAT_SECONDS = 120, RELEASE_SECONDS = 120 };

static struct plan plan;

static void prepare_console(void)
{
    for (size_t i = 0; i < plan.console_count; i++)
        say_on_console(plan.consoles[i]);
    if (plan.console_count == 0)
        say_on_console("/dev/console");
    /* Java, hooks and whoever else writes without asking. */
    int console = open("/dev/console", O_RDWR | O_NOCTTY);
    for (int i = 0; i < 3 && console >= 0; i++)
        dup2(console, i);
    if (console > 2)
        close(console);
}

static void say_where_we_are(void)
{
    struct utsname kernel;
    struct sysinfo memory;
    uname(&kernel);
    sysinfo(&memory);
    say("capture kernel %s, %lu MiB of memory, %lu MiB free, %u s after its start", kernel.release,
        (unsigned long)(memory.totalram * memory.mem_unit >> 20), (unsigned long)(memory.freeram * memory.mem_unit >> 20),
        step_uptime());
}

static int insert(void *module)
{
    return module_insert(module) ? 1 : 0;
}

static void insert_modules(void)
{
    size_t failed = 0;
    for (size_t i = 0; i < plan.module_count; i++)
        if (step_run(&(struct step){plan.modules[i].path, MODULE_SECONDS, insert, &plan.modules[i]}))
            failed++;
    say("modules: %zu inserted, %zu not", plan.module_count - failed, failed);
    state_add("modules", failed ? "partly" : "done", "%zu inserted, %zu not", plan.module_count - failed, failed);
}

static int save_by_lifeboat(void *context)
{
    const struct target *target = context;
    char place[PATH_MAX], folder[PATH_MAX];
    if (target_prepare(target, place))
        return LIFEBOAT_NO_LOG | LIFEBOAT_NO_VMCORE;
    if (target->kind == TARGET_RAW)
        return lifeboat_save_on_device(plan.vmcore, place);
    if (dump_folder_make(place, folder))
        return LIFEBOAT_NO_LOG | LIFEBOAT_NO_VMCORE;
    state_add("folder", "done", "%s", folder);
    say("saving to %s", folder);
    return lifeboat_save(plan.vmcore, folder);
}

/* Without Java, to the first target that takes it. */
static int save_without_java(void)
{
    say("saving without Java");
    for (size_t i = 0; i < plan.target_count; i++) {
        struct target *target = &plan.targets[i];
        int missing = step_run(&(struct step){"lifeboat", LIFEBOAT_SECONDS, save_by_lifeboat, target});
        int saved = missing >= 0 && !(missing & LIFEBOAT_NO_VMCORE);
        state_add("lifeboat", saved ? "done" : "failed", "target %d", target->number);
        say("target %d: %s", target->number, saved ? "saved" : "the vmcore is not saved, or not all of it");
        if (saved)
            return 0;
    }
    return -1;
}

/* The target of the dump's folder, ready again if Java released it; NULL where there is no such folder. */
static const struct target *target_of(const char *folder)
{
    char place[PATH_MAX];
    int number;
    const struct target *target =
        sscanf(folder, TARGET_FOLDER "/%d/", &number) == 1 ? plan_target(&plan, number) : NULL;
    return target && target_prepare(target, place) == 0 ? target : NULL;
}

/* Beside the dump: what this kernel said, with what process 1 said, and how each step ended. */
static int keep_records(void *context)
{
    char folder[PATH_MAX - 32], path[PATH_MAX];
    (void)context;
    if (state_last("folder", "done", folder, sizeof folder) || !target_of(folder))
        return 1;
    snprintf(path, sizeof path, "%s/state", folder);
    int failed = state_copy(path);
    snprintf(path, sizeof path, "%s/kexec-dmesg.log", folder);
    return say_save_log(path) || failed;
}

static int release(void *target)
{
    return target_release(target) ? 1 : 0;
}

static int save(void)
{
    if (access(plan.vmcore, R_OK)) {
        say("%s is not there: this is no capture kernel, or it was loaded without elfcorehdr=", plan.vmcore);
        return -1;
    }
    enum java_result result = java_run(&plan);
    if (result == JAVA_NOTHING && save_without_java() == 0)
        result = JAVA_SAVED;
    step_run(&(struct step){"records", RELEASE_SECONDS, keep_records, NULL});
    for (size_t i = 0; i < plan.target_count; i++)
        step_run(&(struct step){"release", RELEASE_SECONDS, release, &plan.targets[i]});
    return result == JAVA_SAVED ? 0 : -1;
}

_Noreturn void capture_run(void)
{
    mounts_of_kernel();
    int wrong = plan_read(&plan, PLAN_FILE);
    prepare_console();
    say_where_we_are();
    if (wrong)
        say("%s: %s", PLAN_FILE, wrong < 0 ? "there is no plan" : "parts of it are left out; init check-plan tells which");
    close(open(STEP_ALIVE_FILE, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    state_add("start", "done", "process 1, %u s after the start of the kernel", step_uptime());
    step_deadline(plan.deadline);
    insert_modules();
    if (plan.watchdog)
        watchdog_open(plan.watchdog, plan.watchdog_seconds);
    if (save() == 0)
        ending_do(plan.final, plan.final);
    /* What is late must not wait for somebody at a shell. */
    ending_do(step_is_late() ? ENDING_REBOOT : plan.failure, plan.final);
}
