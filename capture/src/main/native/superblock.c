#include "superblock.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/*
 * Where each of them has it; all in bytes from the begin of the device:
 *
 *   type    magic              at        UUID       label           source
 *   ext4    53 EF              1080      1128, 16   1144, 16        fs/ext4/ext4.h, struct ext4_super_block
 *   xfs     XFSB               0         32, 16     108, 12         fs/xfs/libxfs/xfs_format.h, struct xfs_dsb
 *   btrfs   _BHRfS_M           65600     65568, 16  65835, 256      include/uapi/linux/btrfs_tree.h, struct btrfs_super_block
 *   vfat    FAT32 and blanks   82        67, 4      71, 11          include/uapi/linux/msdos_fs.h, struct fat_boot_sector
 *   vfat    FAT12, FAT16       54        39, 4      43, 11
 */
static const struct shape {
    const char *type;
    const char *magic;
    long magic_at;
    long uuid_at;
    int uuid_bytes;
    long label_at;
    int label_bytes;
} SHAPES[] = {
    {"ext4", "\x53\xef", 1080, 1128, 16, 1144, 16},
    {"xfs", "XFSB", 0, 32, 16, 108, 12},
    {"btrfs", "_BHRfS_M", 65600, 65568, 16, 65835, 256},
    {"vfat", "FAT32   ", 82, 67, 4, 71, 11},
    {"vfat", "FAT16   ", 54, 39, 4, 43, 11},
    {"vfat", "FAT12   ", 54, 39, 4, 43, 11},
};

static int read_exactly(int device, void *to, int bytes, long at)
{
    return pread(device, to, (size_t)bytes, at) == bytes ? 0 : -1;
}

/* Sixteen bytes in the order that is written; a FAT's serial number has its lowest byte first. */
static void write_uuid(const unsigned char *bytes, int count, char *text)
{
    if (count == 4) {
        sprintf(text, "%02X%02X-%02X%02X", bytes[3], bytes[2], bytes[1], bytes[0]);
        return;
    }
    for (int i = 0; i < count; i++)
        text += sprintf(text, i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x", bytes[i]);
}

static int read_shape(int device, const struct shape *shape, struct superblock *super)
{
    unsigned char magic[8], uuid[16];
    int bytes = (int)strlen(shape->magic);
    if (read_exactly(device, magic, bytes, shape->magic_at) || memcmp(magic, shape->magic, (size_t)bytes))
        return -1;
    memset(super, 0, sizeof *super);
    if (read_exactly(device, uuid, shape->uuid_bytes, shape->uuid_at)
        || read_exactly(device, super->label, shape->label_bytes, shape->label_at))
        return -1;
    super->type = shape->type;
    write_uuid(uuid, shape->uuid_bytes, super->uuid);
    /* FAT fills its labels with blanks. */
    for (size_t end = strlen(super->label); end > 0 && super->label[end - 1] == ' '; end--)
        super->label[end - 1] = '\0';
    return 0;
}

int superblock_read(int device, struct superblock *super)
{
    for (size_t i = 0; i < sizeof SHAPES / sizeof *SHAPES; i++)
        if (read_shape(device, &SHAPES[i], super) == 0)
            return 0;
    return -1;
}
