/*
 * The native half of io.inquest.dump.codec.NativePages: compresses batches of pages with libdeflate and libzstd.
 *
 * One call takes a whole batch, so that what a call costs does not show. Java has checked that the buffers are as
 * large as it says; nothing here reads or writes outside of them.
 */
#include <jni.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#define METHOD(result, name) JNIEXPORT result JNICALL Java_io_inquest_dump_codec_NativePages_##name

/* Compression.flag() of what there is a codec for. */
enum { ZLIB = 0x1, ZSTD = 0x20 };

/* One thread's state: a codec, and copies of a batch's arrays, so that the collector need not wait for us. */
struct packer {
    int codec;
    int level;
    struct libdeflate_compressor *deflate;
    ZSTD_CCtx *zstd;
    jboolean *left_out;
    jint *stored;
    jint room;
};

static void free_packer(struct packer *packer)
{
    libdeflate_free_compressor(packer->deflate);
    ZSTD_freeCCtx(packer->zstd);
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
    if (!packer->deflate && !packer->zstd) {
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

/* The size of the page compressed; 0 if that takes more than `most` bytes. */
static size_t pack_page(struct packer *packer, const char *page, size_t page_bytes, char *target, size_t most)
{
    if (packer->codec == ZLIB)
        return libdeflate_zlib_compress(packer->deflate, page, page_bytes, target, most);
    size_t size = ZSTD_compressCCtx(packer->zstd, target, most, page, page_bytes, packer->level);
    return ZSTD_isError(size) ? 0 : size;
}

static int make_room(struct packer *packer, jint count)
{
    if (packer->room >= count)
        return 1;
    free(packer->left_out);
    free(packer->stored);
    packer->left_out = malloc(count * sizeof *packer->left_out);
    packer->stored = malloc(count * sizeof *packer->stored);
    packer->room = packer->left_out && packer->stored ? count : 0;
    return packer->room == count;
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
    if (!page || !start || !make_room(packer, count))
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
