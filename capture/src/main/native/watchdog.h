/* The hardware's watchdog, which resets the machine unless it is fed (Documentation/watchdog/watchdog-api.rst). */
#ifndef INQUEST_WATCHDOG_H
#define INQUEST_WATCHDOG_H

/* Opens it, which starts it, and asks it for so many seconds. Says how many it gives, or why it is not fed. */
void watchdog_open(const char *device, unsigned seconds);

/* Nothing without one. */
void watchdog_feed(void);

/* Stops it, if it can be stopped: before an end at which the machine is to stay as it is. */
void watchdog_stop(void);

#endif
