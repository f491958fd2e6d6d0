/* What a file system calls itself in its superblock: as blkid(8) would tell, without its library. */
#ifndef INQUEST_SUPERBLOCK_H
#define INQUEST_SUPERBLOCK_H

struct superblock {
    const char *type; /* ext4 (also for ext2 and ext3), xfs, btrfs or vfat */
    char uuid[37];
    char label[257];
};

/* 0, or -1 if there is none of these file systems, or it cannot be read. */
int superblock_read(int device, struct superblock *super);

#endif
