#include "target.h"
#include "device.h"
#include "mounts.h"
#include "say.h"
#include "superblock.h"

#include <errno.h>
#include <fcntl.h>
#include <mntent.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

enum { DEVICE_SECONDS = 30, MOST_OPTIONS = 4096 };

/* Options of mount(8) that are no data of the file system: what they set and clear, nothing for those that are for
 * programs, not for the kernel. A target is written to, whatever the host does with it. */
static const struct {
    const char *name;
    unsigned long set, clear;
} FLAGS[] = {
    {"rw", 0, 0},
    {"ro", 0, 0},
    {"bind", MS_BIND, 0},
    {"sync", MS_SYNCHRONOUS, 0},
    {"async", 0, MS_SYNCHRONOUS},
    {"dirsync", MS_DIRSYNC, 0},
    {"noatime", MS_NOATIME, 0},
    {"atime", 0, MS_NOATIME},
    {"nodiratime", MS_NODIRATIME, 0},
    {"relatime", MS_RELATIME, 0},
    {"strictatime", MS_STRICTATIME, 0},
    {"lazytime", MS_LAZYTIME, 0},
    {"nosuid", MS_NOSUID, 0},
    {"nodev", MS_NODEV, 0},
    {"noexec", MS_NOEXEC, 0},
    {"suid", 0, MS_NOSUID},
    {"dev", 0, MS_NODEV},
    {"exec", 0, MS_NOEXEC},
    {"defaults", 0, 0},
    {"auto", 0, 0},
    {"noauto", 0, 0},
    {"user", 0, 0},
    {"users", 0, 0},
    {"nouser", 0, 0},
    {"owner", 0, 0},
    {"group", 0, 0},
    {"nofail", 0, 0},
    {"nobootwait", 0, 0},
    {"_netdev", 0, 0},
};

static int take_flag(const char *option, unsigned long *flags)
{
    if (strncmp(option, "x-", 2) == 0 || strncmp(option, "X-", 2) == 0 || strncmp(option, "comment=", 8) == 0)
        return 1;
    for (size_t i = 0; i < sizeof FLAGS / sizeof *FLAGS; i++) {
        if (strcmp(option, FLAGS[i].name) == 0) {
            *flags = (*flags | FLAGS[i].set) & ~FLAGS[i].clear;
            return 1;
        }
    }
    return 0;
}

/* The flags among the options; the rest is the file system's. */
static unsigned long sort_options(const char *options, char data[MOST_OPTIONS])
{
    char copy[MOST_OPTIONS];
    unsigned long flags = 0;
    size_t used = 0;
    snprintf(copy, sizeof copy, "%s", options);
    data[0] = '\0';
    char *rest = copy;
    for (char *option; (option = strsep(&rest, ","));)
        if (*option && !take_flag(option, &flags))
            used += (size_t)snprintf(data + used, MOST_OPTIONS - used, used ? ",%s" : "%s", option);
    return flags;
}

static void mount_point(const struct target *target, char *point, size_t size)
{
    snprintf(point, size, TARGET_FOLDER "/%d", target->number);
}

static int is_mounted(const char *point)
{
    FILE *mounts = setmntent("/proc/self/mounts", "r");
    const struct mntent *mounted = NULL;
    while (mounts && (mounted = getmntent(mounts)) && strcmp(mounted->mnt_dir, point) != 0)
        ;
    if (mounts)
        endmntent(mounts);
    return mounted != NULL;
}

/* What a file system of another kind than expected is, for the sentence. */
static void say_not_mounted(const struct target *target, const char *node, int reason)
{
    struct superblock super;
    int device = open(node, O_RDONLY | O_CLOEXEC);
    if (device >= 0 && superblock_read(device, &super) == 0 && strcmp(super.type, target->type) != 0)
        say("target %d: %s (%s) cannot be mounted as %s: %s; it is %s", target->number, target->device, node,
            target->type, strerror(reason), super.type);
    else
        say("target %d: %s (%s) cannot be mounted as %s: %s", target->number, target->device, node, target->type,
            strerror(reason));
    if (device >= 0)
        close(device);
}

static int mount_target(const struct target *target, const char *point)
{
    char node[PATH_MAX], data[MOST_OPTIONS];
    if (is_mounted(point))
        return 0;
    if (device_wait(target->device, DEVICE_SECONDS, node))
        return -1;
    unsigned long flags = sort_options(target->options, data);
    if (mounts_make_folder(point) || mount(node, point, target->type, flags, data)) {
        say_not_mounted(target, node, errno);
        return -1;
    }
    return 0;
}

int target_prepare(const struct target *target, char place[PATH_MAX])
{
    char point[32];
    if (target->kind == TARGET_RAW)
        return device_wait(target->device, DEVICE_SECONDS, place);
    mount_point(target, point, sizeof point);
    if (mount_target(target, point))
        return -1;
    if ((size_t)snprintf(place, PATH_MAX, "%s%s", point, strcmp(target->path, "/") == 0 ? "" : target->path) >= PATH_MAX)
        errno = ENAMETOOLONG;
    else if (mounts_make_folder(place) == 0)
        return 0;
    say("target %d: the folder %s cannot be made: %s", target->number, target->path, strerror(errno));
    return -1;
}

int target_release(const struct target *target)
{
    char point[32];
    mount_point(target, point, sizeof point);
    if (target->kind == TARGET_RAW || !is_mounted(point))
        return 0;
    int folder = open(point, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int failed = folder < 0 || syncfs(folder);
    if (folder >= 0)
        close(folder);
    /* Somebody who has a file open there keeps it mounted; what was written is on the disk all the same. */
    if (failed || (umount(point) && umount2(point, MNT_DETACH))) {
        say("target %d: %s", target->number, strerror(errno));
        return -1;
    }
    return 0;
}
