/* One line for whoever watches: on the consoles and in the kernel's log when process 1 captures, else on standard error. */
#ifndef INQUEST_SAY_H
#define INQUEST_SAY_H

/* Without a newline at its end, which is added. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* `say` goes to this console from now on, beside those named before, and to the kernel's log. */
void say_on_console(const char *device);

/* Copies the kernel's log, with all that was said in it, to a new file for its owner alone. 0, or -1 and said why. */
int say_save_log(const char *path);

#endif
