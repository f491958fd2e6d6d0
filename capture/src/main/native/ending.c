#include "ending.h"
#include "say.h"
#include "step.h"
#include "watchdog.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/reboot.h>
#include <unistd.h>

/* How long the kernel may take to shut its devices down. */
enum { SHUTDOWN_SECONDS = 60 };

static int call_kernel(void *context)
{
    static const int COMMANDS[] = {
        [ENDING_REBOOT] = RB_AUTOBOOT, [ENDING_HALT] = RB_HALT_SYSTEM, [ENDING_POWEROFF] = RB_POWER_OFF};
    reboot(COMMANDS[*(enum ending *)context]);
    return 1;
}

/* Without shutting anything down. Only in a capture kernel: nowhere else may a machine be reset so. */
static void reset(enum ending ending)
{
    int trigger = access("/proc/vmcore", F_OK) ? -1 : open("/proc/sysrq-trigger", O_WRONLY | O_CLOEXEC);
    if (trigger >= 0)
        (void)!write(trigger, ending == ENDING_POWEROFF ? "o" : "b", 1);
}

static int run_shell(void *context)
{
    static const char *const SHELLS[][2] = {{"/bin/bash", "bash"}, {"/bin/sh", "sh"}, {"/bin/busybox", "sh"}};
    (void)context;
    setsid();
    int console = open("/dev/console", O_RDWR);
    if (console >= 0) {
        ioctl(console, TIOCSCTTY, 1);
        for (int i = 0; i < 3; i++)
            dup2(console, i);
    }
    (void)!chdir("/");
    for (size_t i = 0; i < sizeof SHELLS / sizeof *SHELLS; i++)
        execl(SHELLS[i][0], SHELLS[i][1], "-i", (char *)NULL);
    return 127;
}

static void give_shell(void)
{
    say("a shell, as configured; its end ends the capture");
    step_deadline(0);
    if (step_run(&(struct step){"shell", 0, run_shell, NULL}) == 127)
        say("there is no shell in the image");
}

_Noreturn void ending_do(enum ending ending, enum ending then)
{
    if (ending == ENDING_SHELL) {
        give_shell();
        ending = then == ENDING_SHELL ? ENDING_REBOOT : then;
    }
    say("%s", ending_name(ending));
    if (ending != ENDING_REBOOT)
        watchdog_stop();
    step_deadline(0);
    step_run(&(struct step){ending_name(ending), SHUTDOWN_SECONDS, call_kernel, &ending});
    if (ending != ENDING_HALT)
        reset(ending);
    /* Nobody feeds the watchdog any more. Process 1 must not end. */
    for (;;)
        pause();
}
