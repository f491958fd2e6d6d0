/*
 * The native half of io.inquest.dump.codec.NativePages: compresses batches of pages, with libdeflate, libzstd, and LZO
 * and snappy of our own.
 *
 * One call takes a whole batch, so that what a call costs does not show. Java has checked that the buffers are as
 * large as it says; nothing here reads or writes outside of them.
 */
#include "lz_block.h"

#include <jni.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#define METHOD(result, name) JNIEXPORT result JNICALL Java_io_inquest_dump_codec_NativePages_##name

/* Compression.flag() of what there is a codec for. */
enum { ZLIB = 0x1, LZO = 0x2, SNAPPY = 0x4, ZSTD = 0x20 };

/*
 * The last page of one word again and again, packed: most of a machine's memory is such pages, of zeros, and they are
 * what match finders take longest for.
 */
struct one_word {
    uint64_t word;
    size_t page_bytes;
    uint8_t *packed;
    size_t packed_bytes;
};

/* One thread's state: a codec, and copies of a batch's arrays, so that the collector need not wait for us. */
struct packer {
    int codec;
    int level;
    struct libdeflate_compressor *deflate;
    ZSTD_CCtx *zstd;
    struct match_table *matches;
    uint8_t *block;
    size_t block_room;
    struct one_word one_word;
    jboolean *left_out;
    jint *stored;
    jint room;
};

static void free_packer(struct packer *packer)
{
    libdeflate_free_compressor(packer->deflate);
    ZSTD_freeCCtx(packer->zstd);
    free(packer->matches);
    free(packer->block);
    free(packer->one_word.packed);
    free(packer->left_out);
    free(packer->stored);
    free(packer);
}

METHOD(jlong, open)(JNIEnv *env, jclass type, jint codec, jint level)
{
    (void)env;
    (void)type;
    struct packer *packer = calloc(1, sizeof *packer);
    if (!packer)
        return 0;
    packer->codec = codec;
    packer->level = level;
    if (codec == ZLIB)
        packer->deflate = libdeflate_alloc_compressor(level);
    else if (codec == ZSTD)
        packer->zstd = ZSTD_createCCtx();
    else
        packer->matches = calloc(1, sizeof *packer->matches);
    if (!packer->deflate && !packer->zstd && !packer->matches) {
        free_packer(packer);
        return 0;
    }
    return (jlong)(intptr_t)packer;
}

METHOD(void, free)(JNIEnv *env, jclass type, jlong handle)
{
    (void)env;
    (void)type;
    free_packer((struct packer *)(intptr_t)handle);
}

/* LZO and snappy are made in a block with room for the worst case, for they do not look at a limit. */
static size_t pack_in_block(struct packer *packer, const char *page, size_t page_bytes, char *target, size_t most)
{
    const uint8_t *source = (const uint8_t *)page;
    size_t size = packer->codec == LZO ? lzo_compress(packer->matches, source, page_bytes, packer->block)
                                       : snappy_compress_block(packer->matches, source, page_bytes, packer->block);
    if (size > most)
        return 0;
    memcpy(target, packer->block, size);
    return size;
}

/* The size of the page compressed; 0 if that takes more than `most` bytes. */
static size_t compress_page(struct packer *packer, const char *page, size_t page_bytes, char *target, size_t most)
{
    if (packer->codec == ZLIB)
        return libdeflate_zlib_compress(packer->deflate, page, page_bytes, target, most);
    if (packer->codec != ZSTD)
        return pack_in_block(packer, page, page_bytes, target, most);
    size_t size = ZSTD_compressCCtx(packer->zstd, target, most, page, page_bytes, packer->level);
    return ZSTD_isError(size) ? 0 : size;
}

static int is_one_word(const char *page, size_t page_bytes)
{
    return page_bytes % sizeof(uint64_t) == 0 && page_bytes > sizeof(uint64_t)
        && memcmp(page, page + sizeof(uint64_t), page_bytes - sizeof(uint64_t)) == 0;
}

/* Compresses the first such page of its word, copies those that follow it. */
static size_t pack_one_word(struct packer *packer, const char *page, size_t page_bytes, char *target, size_t most)
{
    struct one_word *last = &packer->one_word;
    uint64_t word;
    memcpy(&word, page, sizeof word);
    if (last->packed_bytes && last->word == word && last->page_bytes == page_bytes) {
        memcpy(target, last->packed, last->packed_bytes);
        return last->packed_bytes;
    }
    size_t size = compress_page(packer, page, page_bytes, target, most);
    uint8_t *packed = size ? realloc(last->packed, size) : NULL;
    if (packed) {
        memcpy(packed, target, size);
        *last = (struct one_word){word, page_bytes, packed, size};
    }
    return size;
}

/* As compress_page, whose bytes for a page are the same each time. */
static size_t pack_page(struct packer *packer, const char *page, size_t page_bytes, char *target, size_t most)
{
    return is_one_word(page, page_bytes) ? pack_one_word(packer, page, page_bytes, target, most)
                                         : compress_page(packer, page, page_bytes, target, most);
}

static int make_room(struct packer *packer, size_t page_bytes, jint count)
{
    if (packer->matches && packer->block_room < lz_worst_case(page_bytes)) {
        free(packer->block);
        packer->block = malloc(lz_worst_case(page_bytes));
        packer->block_room = packer->block ? lz_worst_case(page_bytes) : 0;
        if (!packer->block)
            return 0;
    }
    if (packer->room < count) {
        free(packer->left_out);
        free(packer->stored);
        packer->left_out = malloc(count * sizeof *packer->left_out);
        packer->stored = malloc(count * sizeof *packer->stored);
        packer->room = packer->left_out && packer->stored ? count : 0;
    }
    return packer->room >= count;
}

/* Packs `count` pages and returns the bytes written; -1 if there is no memory. */
METHOD(jint, pack)
(JNIEnv *env, jclass type, jlong handle, jobject pages, jint page_bytes, jint count, jbooleanArray left_out,
 jobject data, jintArray stored)
{
    (void)type;
    struct packer *packer = (struct packer *)(intptr_t)handle;
    const char *page = (*env)->GetDirectBufferAddress(env, pages);
    char *start = (*env)->GetDirectBufferAddress(env, data);
    if (!page || !start || !make_room(packer, page_bytes, count))
        return -1;
    (*env)->GetBooleanArrayRegion(env, left_out, 0, count, packer->left_out);
    char *target = start;
    for (jint i = 0; i < count; i++, page += page_bytes) {
        size_t size = 0;
        if (!packer->left_out[i]) {
            size = pack_page(packer, page, page_bytes, target, page_bytes - 1);
            if (size == 0) {
                memcpy(target, page, page_bytes);
                size = page_bytes;
            }
        }
        packer->stored[i] = size;
        target += size;
    }
    (*env)->SetIntArrayRegion(env, stored, 0, count, packer->stored);
    return target - start;
}

/* The releases that were linked in. */
METHOD(jstring, versions)(JNIEnv *env, jclass type)
{
    (void)type;
    return (*env)->NewStringUTF(env, "libdeflate " LIBDEFLATE_VERSION_STRING ", libzstd " ZSTD_VERSION_STRING);
}
