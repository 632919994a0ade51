// Makes system calls on chosen files fail on demand. Tests load it into a server with LD_PRELOAD.
//
// FAULT_CONTROL names a file of 128 bytes that the tester and the server share:
//   bytes 0-119: "CALL SUFFIX EFFECT", or nothing while no call is to fail. CALL is the name of a
//     function below, SUFFIX the end of the file's path, or "*". EFFECT is an errno, 0 for transfers
//     of half the bytes, or -1 for calls that wait until the fault is over.
//   bytes 120-127: how many calls were affected, counted by the server.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

enum { TEXT_SIZE = 120, SIZE = 128, NONE = INT_MIN };

static volatile char *control;

__attribute__((constructor)) static void attach(void) {
    const char *path = getenv("FAULT_CONTROL");
    int descriptor = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (descriptor < 0) return;
    void *memory = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (memory != MAP_FAILED) control = memory;
    close(descriptor);
}

// The effect that a call on a path is to have, or NONE.
static int wanted(const char *call, const char *path) {
    char text[TEXT_SIZE + 1], name[32], suffix[80];
    int effect;
    for (int i = 0; i < TEXT_SIZE; i++) text[i] = control[i];
    text[TEXT_SIZE] = 0;
    if (sscanf(text, "%31s %79s %d", name, suffix, &effect) != 3 || strcmp(name, call)) return NONE;
    size_t length = strlen(path), end = strlen(suffix);
    if (strcmp(suffix, "*") && (length < end || strcmp(path + length - end, suffix))) return NONE;
    return effect;
}

static int effect(const char *call, int descriptor, const char *path) {
    char link[40], target[PATH_MAX];
    if (!control || !control[0]) return NONE;
    if (!path) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
        ssize_t length = readlink(link, target, sizeof target - 1);
        if (length < 0) return NONE;
        target[length] = 0;
        path = target;
    }
    int result = wanted(call, path);
    if (result != NONE) __atomic_add_fetch((uint64_t *)(control + TEXT_SIZE), 1, __ATOMIC_RELAXED);
    while (result == -1) {
        usleep(1000);
        result = wanted(call, path);
    }
    return result;
}

#define NEXT(name) __typeof__(&name) next = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
// Fails, or goes on, perhaps with half of what was asked for.
#define FAIL(call, descriptor, path)                   \
    int fault = effect(call, descriptor, path);        \
    if (fault > 0) {                                   \
        errno = fault;                                 \
        return -1;                                     \
    }
#define HALVE(count) (fault == 0 && (count) > 1 ? (count) / 2 : (count))

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
    NEXT(pwrite64);
    FAIL("pwrite", fd, NULL)
    return next(fd, bytes, HALVE(count), offset);
}

ssize_t pread64(int fd, void *bytes, size_t count, off64_t offset) {
    NEXT(pread64);
    FAIL("pread", fd, NULL)
    return next(fd, bytes, count, offset);
}

int fdatasync(int fd) {
    NEXT(fdatasync);
    FAIL("fdatasync", fd, NULL)
    return next(fd);
}

int ftruncate64(int fd, off64_t length) {
    NEXT(ftruncate64);
    FAIL("ftruncate", fd, NULL)
    return next(fd, length);
}

static int open_file(const char *name, const char *path, int flags, mode_t mode) {
    int (*next)(const char *, int, ...) = dlsym(RTLD_NEXT, name);
    FAIL("open", -1, path)
    return next(path, flags, mode);
}

static mode_t mode_of(int flags, va_list arguments) {
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
}

#define OPENER(name)                                   \
    int name(const char *path, int flags, ...) {       \
        va_list arguments;                             \
        va_start(arguments, flags);                    \
        mode_t mode = mode_of(flags, arguments);       \
        va_end(arguments);                             \
        return open_file(#name, path, flags, mode);    \
    }

OPENER(open)
OPENER(open64)
