/* files.c: small helpers over the file system: reading, writing whole or not at all, listing,
 * temporary folders that go when the program ends. */
#include "drive/files.h"
#include "base/diag.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

char *files_join(const char *folder, const char *name) {
    if (name[0] == '/' || strcmp(folder, ".") == 0) return mem_format("%s", name);
    size_t len = strlen(folder);
    return mem_format(len > 0 && folder[len - 1] == '/' ? "%s%s" : "%s/%s", folder, name);
}

const char *files_base(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

char *files_stem(const char *path) {
    const char *base = files_base(path);
    const char *dot = strrchr(base, '.');
    return mem_copy_text(base, dot && dot != base ? (size_t)(dot - base) : strlen(base));
}

char *files_folder(const char *path) {
    const char *slash = strrchr(path, '/');
    if (!slash) return mem_format(".");
    return mem_copy_text(path, slash == path ? 1 : (size_t)(slash - path));
}

bool files_is_below(const char *path, const char *folder) {
    size_t len = strlen(folder);
    return strncmp(path, folder, len) == 0 && path[len] == '/';
}

bool files_has_suffix(const char *path, const char *suffix) {
    size_t len = strlen(path), n = strlen(suffix);
    return len > n && strcmp(path + len - n, suffix) == 0;
}

bool files_exists(const char *path) {
    struct stat st;
    return stat(path, &st) == 0;
}

bool files_is_folder(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool files_is_executable(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

char *files_real(const char *path) {
    char *real = realpath(path, NULL);
    if (!real) return NULL;
    char *copy = mem_format("%s", real);
    free(real);
    return copy;
}

int files_read(const char *path, uint8_t **bytes, size_t *size) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return -errno;
    struct stat st;
    int result = fstat(fd, &st) < 0 ? -errno : S_ISDIR(st.st_mode) ? -EISDIR : 0;
    size_t room = result == 0 && st.st_size > 0 ? (size_t)st.st_size : 4096, count = 0;
    uint8_t *at = result == 0 ? mem_alloc_atomic(room + 1) : NULL;
    while (result == 0) {
        if (count == room) { /* at the expected end: look for one byte more */
            uint8_t more;
            ssize_t n = read(fd, &more, 1);
            if (n == 0) break;
            if (n < 0) {
                if (errno != EINTR) result = -errno;
                continue;
            }
            uint8_t *wider = mem_alloc_atomic(room * 2 + 1);
            memcpy(wider, at, count);
            at = wider;
            room *= 2;
            at[count++] = more;
            continue;
        }
        ssize_t n = read(fd, at + count, room - count);
        if (n == 0) break;
        if (n > 0)
            count += (size_t)n;
        else if (errno != EINTR)
            result = -errno;
    }
    close(fd);
    if (result < 0) return result;
    at[count] = 0;
    *bytes = at;
    *size = count;
    return 0;
}

int files_write_fd(int fd, const void *bytes, size_t size) {
    const char *at = bytes;
    while (size > 0) {
        ssize_t n = write(fd, at, size);
        if (n < 0) {
            if (errno == EINTR) continue;
            return -errno;
        }
        at += n;
        size -= (size_t)n;
    }
    return 0;
}

int files_write_by(const char *part, const char *path, const void *bytes, size_t size,
                   unsigned mode) {
    int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, (mode_t)mode);
    if (fd < 0) return -errno;
    int result = files_write_fd(fd, bytes, size);
    if (close(fd) < 0 && result == 0) result = -errno;
    if (result == 0 && rename(part, path) < 0) result = -errno;
    if (result < 0) unlink(part);
    return result;
}

int files_write(const char *path, const void *bytes, size_t size, unsigned mode) {
    return files_write_by(mem_format("%s.%ld.part", path, (long)getpid()), path, bytes, size, mode);
}

int files_copy(const char *from, const char *to, unsigned mode) {
    uint8_t *bytes;
    size_t size;
    int result = files_read(from, &bytes, &size);
    return result < 0 ? result : files_write(to, bytes, size, mode);
}

int files_make_folders(const char *path) {
    char *copy = mem_format("%s", path);
    for (char *at = copy + 1; *at; at++) {
        if (*at != '/') continue;
        *at = 0;
        if (mkdir(copy, 0777) < 0 && errno != EEXIST) return -errno;
        *at = '/';
    }
    if (mkdir(copy, 0777) < 0 && errno != EEXIST) return -errno;
    return files_is_folder(path) ? 0 : -ENOTDIR;
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void files_list(const char *folder, Names *out) {
    size_t first = out->count;
    DIR *dir = opendir(folder);
    if (!dir) return;
    for (struct dirent *entry; (entry = readdir(dir));)
        if (entry->d_name[0] != '.') vec_push(out, mem_format("%s", entry->d_name));
    closedir(dir);
    if (out->count > first) qsort(out->at + first, out->count - first, sizeof *out->at, by_text);
}

void files_remove_tree(const char *path) {
    struct stat st;
    if (lstat(path, &st) < 0) return;
    if (!S_ISDIR(st.st_mode)) {
        unlink(path);
        return;
    }
    DIR *dir = opendir(path);
    if (!dir) return;
    for (struct dirent *entry; (entry = readdir(dir));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            files_remove_tree(files_join(path, entry->d_name));
    closedir(dir);
    rmdir(path);
}

static Names to_remove; /* when the program exits */

void files_remove_now(void) {
    while (to_remove.count > 0)
        files_remove_tree(to_remove.at[--to_remove.count]);
}

/* A signal to stop: memory may be in any state, so another program removes them. */
static void on_stop(int number) {
    static const char *argv[64] = {"rm", "-rf", "--"};
    size_t count = to_remove.count < 60 ? to_remove.count : 60;
    for (size_t i = 0; i < count; i++)
        argv[3 + i] = to_remove.at[i];
    pid_t pid = fork();
    if (pid == 0) {
        execv("/bin/rm", (char *const *)(uintptr_t)argv);
        _exit(1);
    }
    if (pid > 0) waitpid(pid, NULL, 0);
    signal(number, SIG_DFL);
    raise(number);
}

static void catch_stops(void) {
    static const int stops[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        struct sigaction old, stop = {.sa_handler = on_stop};
        if (sigaction(stops[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
            sigaction(stops[i], &stop, NULL);
    }
}

void files_remove_at_exit(const char *path) {
    if (to_remove.count == 0) {
        atexit(files_remove_now);
        catch_stops();
    }
    vec_push(&to_remove, path);
}

char *files_temp_folder(void) {
    const char *base = getenv("TMPDIR");
    char *path = files_join(base && base[0] == '/' ? base : "/tmp", "beamrc-XXXXXX");
    sigset_t stops, old; /* one that comes between making it and knowing of it waits */
    sigemptyset(&stops);
    sigaddset(&stops, SIGINT);
    sigaddset(&stops, SIGTERM);
    sigaddset(&stops, SIGHUP);
    sigprocmask(SIG_BLOCK, &stops, &old);
    if (!mkdtemp(path))
        diag_fatal("cannot make a folder like %s: %s (set TMPDIR to a folder that can be written)",
                   path, strerror(errno));
    files_remove_at_exit(path);
    sigprocmask(SIG_SETMASK, &old, NULL);
    return path;
}
