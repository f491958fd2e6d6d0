#include "mounts.h"
#include "say.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/loop.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
    const char *type, *folder, *options;
    unsigned long flags;
} KERNEL[] = {
    {"proc", "/proc", "", MS_NOSUID | MS_NODEV | MS_NOEXEC},
    {"sysfs", "/sys", "", MS_NOSUID | MS_NODEV | MS_NOEXEC},
    {"devtmpfs", "/dev", "mode=0755", MS_NOSUID},
    {"tmpfs", "/run", "mode=0755", MS_NOSUID | MS_NODEV},
};

void mounts_of_kernel(void)
{
    for (size_t i = 0; i < sizeof KERNEL / sizeof *KERNEL; i++) {
        mkdir(KERNEL[i].folder, 0755);
        if (mount(KERNEL[i].type, KERNEL[i].folder, KERNEL[i].type, KERNEL[i].flags, KERNEL[i].options) && errno != EBUSY)
            say("%s: %s", KERNEL[i].folder, strerror(errno));
    }
    mkdir("/run/inquest", 0755);
}

int mounts_make_folder(const char *path)
{
    char part[PATH_MAX];
    if ((size_t)snprintf(part, sizeof part, "%s", path) >= sizeof part) {
        errno = ENAMETOOLONG;
        return -1;
    }
    for (char *slash = part + 1; (slash = strchr(slash, '/')); *slash++ = '/') {
        *slash = '\0';
        if (mkdir(part, 0755) && errno != EEXIST)
            return -1;
    }
    return mkdir(part, 0755) && errno != EEXIST ? -1 : 0;
}

/* Makes a loop device of the image. It goes when it is no more mounted. -1 with errno. */
static int attach(const char *image, char *node, size_t size)
{
    struct loop_info64 info = {.lo_flags = LO_FLAGS_READ_ONLY | LO_FLAGS_AUTOCLEAR};
    int file = open(image, O_RDONLY | O_CLOEXEC), device = -1;
    int control = file < 0 ? -1 : open("/dev/loop-control", O_RDWR | O_CLOEXEC);
    int number = control < 0 ? -1 : ioctl(control, LOOP_CTL_GET_FREE);
    if (number >= 0) {
        snprintf(node, size, "/dev/loop%d", number);
        device = open(node, O_RDONLY | O_CLOEXEC);
    }
    if (device >= 0 && (ioctl(device, LOOP_SET_FD, file) || ioctl(device, LOOP_SET_STATUS64, &info))) {
        int reason = errno;
        close(device);
        device = -1;
        errno = reason;
    }
    int reason = errno;
    if (control >= 0)
        close(control);
    if (file >= 0)
        close(file);
    errno = reason;
    return device;
}

int mounts_of_runtime(const struct plan *plan)
{
    char node[32];
    if (strcmp(plan->runtime_type, "dir") == 0)
        return 0;
    mkdir(RUNTIME_FOLDER, 0755);
    int device = attach(plan->runtime, node, sizeof node);
    int failed = device < 0 || mount(node, RUNTIME_FOLDER, plan->runtime_type, MS_RDONLY | MS_NODEV, NULL);
    if (failed)
        say("%s: %s; are the modules loop and %s in the image?", plan->runtime, strerror(errno), plan->runtime_type);
    if (device >= 0)
        close(device);
    return failed ? -1 : 0;
}
