#include "device.h"
#include "say.h"
#include "step.h"
#include "superblock.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char BLOCK[] = "/sys/class/block";

enum { POLL_MILLISECONDS = 200, MOST_UEVENT = 4096 };

static int is_folder_with_entries(const char *path)
{
    DIR *folder = opendir(path);
    if (!folder)
        return 0;
    const struct dirent *entry;
    while ((entry = readdir(folder)) && entry->d_name[0] == '.')
        ;
    closedir(folder);
    return entry != NULL;
}

/* Part of an array, a volume or a multipath device: what lies on it is seen through that one. */
static int is_held(const char *block)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s/holders", BLOCK, block);
    return is_folder_with_entries(path);
}

/* The kernel writes / in a device's name as ! in its folder's. */
static void node_of(const char *block, char node[PATH_MAX])
{
    snprintf(node, PATH_MAX, "/dev/%s", block);
    for (char *mark = node; (mark = strchr(mark, '!'));)
        *mark = '/';
}

static int superblock_is(const char *block, const char *uuid, const char *label)
{
    char node[PATH_MAX];
    struct superblock super;
    node_of(block, node);
    int device = open(node, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (device < 0)
        return 0;
    int found = superblock_read(device, &super) == 0
                && ((uuid && strcasecmp(super.uuid, uuid) == 0) || (label && strcmp(super.label, label) == 0));
    close(device);
    return found;
}

/* Partitions' own names are lines of their uevent file: PARTNAME, and PARTUUID in kernels from 6.9 on. */
static int uevent_has(const char *block, const char *key, const char *value)
{
    char path[PATH_MAX], line[PATH_MAX], text[MOST_UEVENT] = "\n";
    snprintf(path, sizeof path, "%s/%s/uevent", BLOCK, block);
    snprintf(line, sizeof line, "\n%s=%s\n", key, value);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t bytes = file < 0 ? -1 : read(file, text + 1, sizeof text - 2);
    if (file >= 0)
        close(file);
    return bytes > 0 && strcasestr(text, line) != NULL;
}

static const char *behind(const char *name, const char *prefix)
{
    size_t length = strlen(prefix);
    return strncmp(name, prefix, length) == 0 ? name + length : NULL;
}

static int is_named(const char *block, const char *name)
{
    const char *value;
    if ((value = behind(name, "PARTUUID=")))
        return uevent_has(block, "PARTUUID", value);
    if ((value = behind(name, "PARTLABEL=")))
        return uevent_has(block, "PARTNAME", value);
    return superblock_is(block, behind(name, "UUID="), behind(name, "LABEL="));
}

static int find_by_name(const char *name, char node[PATH_MAX])
{
    DIR *folder = opendir(BLOCK);
    const struct dirent *entry;
    int found = -1;
    while (found && folder && (entry = readdir(folder))) {
        if (entry->d_name[0] != '.' && !is_held(entry->d_name) && is_named(entry->d_name, name)) {
            node_of(entry->d_name, node);
            found = 0;
        }
    }
    if (folder)
        closedir(folder);
    return found;
}

static int is_by_name(const char *name)
{
    return behind(name, "UUID=") || behind(name, "LABEL=") || behind(name, "PARTUUID=") || behind(name, "PARTLABEL=");
}

static int find(const char *name, char node[PATH_MAX])
{
    struct stat stat_;
    if (is_by_name(name))
        return find_by_name(name, node);
    snprintf(node, PATH_MAX, "%s", name);
    return !behind(name, "/dev/") || (stat(name, &stat_) == 0 && S_ISBLK(stat_.st_mode)) ? 0 : -1;
}

int device_wait(const char *name, unsigned seconds, char node[PATH_MAX])
{
    const struct timespec pause = {.tv_nsec = POLL_MILLISECONDS * 1000000L};
    for (unsigned waited = 0;; waited += POLL_MILLISECONDS) {
        if (find(name, node) == 0)
            return 0;
        if (waited >= seconds * 1000)
            break;
        step_is_alive();
        nanosleep(&pause, NULL);
    }
    say("%s: no such device after %u s; is its driver among the image's modules?", name, seconds);
    return -1;
}
