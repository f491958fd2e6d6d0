#include "watchdog.h"
#include "say.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/watchdog.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int watchdog = -1;

void watchdog_open(const char *device, unsigned seconds)
{
    watchdog = open(device, O_WRONLY | O_CLOEXEC);
    if (watchdog < 0) {
        say("watchdog %s: %s; it is not fed", device, strerror(errno));
        return;
    }
    int asked = (int)seconds;
    if (ioctl(watchdog, WDIOC_SETTIMEOUT, &asked) && ioctl(watchdog, WDIOC_GETTIMEOUT, &asked))
        say("watchdog %s: fed each second; it does not tell its time", device);
    else
        say("watchdog %s: fed each second, and resets the machine %d s after the last time", device, asked);
    watchdog_feed();
}

void watchdog_feed(void)
{
    if (watchdog >= 0)
        (void)!write(watchdog, "", 1);
}

void watchdog_stop(void)
{
    /* V is the magic that makes its closing a stop. */
    if (watchdog >= 0 && write(watchdog, "V", 1) == 1)
        close(watchdog);
    watchdog = -1;
}
