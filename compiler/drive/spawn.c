/* spawn.c: running other programs: posix_spawn, their output taken into unnamed memory files, so
 * that no pipe has to be drained while they run. */
#include "drive/spawn.h"
#include "drive/files.h"
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

char *spawn_find(const char *program) {
    if (strchr(program, '/'))
        return files_is_executable(program) ? mem_format("%s", program) : NULL;
    const char *path = getenv("PATH");
    if (!path) path = "/usr/local/bin:/usr/bin:/bin";
    while (true) {
        size_t len = strcspn(path, ":");
        char *full = files_join(len ? mem_copy_text(path, len) : "./", program);
        if (files_is_executable(full)) return full;
        if (path[len] == 0) return NULL;
        path += len + 1;
    }
}

static const char *const *closed_argv(Argv *argv) {
    const char **copy = mem_array(const char *, argv->count + 1);
    memcpy(copy, argv->at, argv->count * sizeof *copy);
    return copy;
}

pid_t spawn_start(Argv *argv, const char *folder, SpawnFds fds) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    if (folder) posix_spawn_file_actions_addchdir_np(&actions, folder);
    if (fds.in >= 0) posix_spawn_file_actions_adddup2(&actions, fds.in, 0);
    if (fds.out >= 0) posix_spawn_file_actions_adddup2(&actions, fds.out, 1);
    if (fds.err >= 0) posix_spawn_file_actions_adddup2(&actions, fds.err, 2);
    pid_t pid;
    int error = posix_spawnp(&pid, argv->at[0], &actions, NULL,
                             (char *const *)(uintptr_t)closed_argv(argv), environ);
    posix_spawn_file_actions_destroy(&actions);
    return error ? -error : pid;
}

int spawn_wait(pid_t pid) {
    int status;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR) return -errno;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int spawn_memory_file(const char *name, const void *bytes, size_t size) {
    int fd = memfd_create(name, MFD_CLOEXEC);
    if (fd < 0) return -errno;
    int result = files_write_fd(fd, bytes, size);
    if (result == 0 && lseek(fd, 0, SEEK_SET) < 0) result = -errno;
    if (result == 0) return fd;
    close(fd);
    return result;
}

char *spawn_read_back(int fd, size_t *size_out) {
    off_t end = lseek(fd, 0, SEEK_END);
    size_t size = end > 0 ? (size_t)end : 0, count = 0;
    char *text = mem_alloc_atomic(size + 1);
    while (count < size) {
        ssize_t n = pread(fd, text + count, size - count, (off_t)count);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        count += (size_t)n;
    }
    text[count] = 0;
    if (size_out) *size_out = count;
    close(fd);
    return text;
}

int spawn_run(Argv *argv, const char *folder, char **output) {
    SpawnFds fds = {-1, -1, -1};
    if (output) {
        int fd = spawn_memory_file("output", "", 0);
        if (fd < 0) return fd;
        fds.out = fds.err = fd;
    }
    pid_t pid = spawn_start(argv, folder, fds);
    int status = pid < 0 ? pid : spawn_wait(pid);
    if (output) *output = spawn_read_back(fds.out, NULL);
    return status;
}

int spawn_filter(Argv *argv, int input, uint8_t **made, size_t *size, char **messages) {
    SpawnFds fds = {input, spawn_memory_file("made", "", 0), spawn_memory_file("messages", "", 0)};
    int status = fds.out < 0 ? fds.out : fds.err;
    if (status >= 0) status = spawn_start(argv, NULL, fds);
    if (status >= 0) status = spawn_wait(status);
    *made = fds.out < 0 ? NULL : (uint8_t *)spawn_read_back(fds.out, size);
    *messages = fds.err < 0 ? "" : spawn_read_back(fds.err, NULL);
    return status;
}

char *spawn_command_line(const Argv *argv) {
    Text line = {0};
    for (size_t i = 0; i < argv->count; i++) {
        const char *word = argv->at[i];
        bool plain = *word != 0;
        for (const char *c = word; *c; c++)
            plain = plain && (isalnum((unsigned char)*c) || strchr("-_=+,./:@%", *c));
        text_add(&line, plain ? "%s%s" : "%s'%s'", i ? " " : "", word);
    }
    return line.at ? line.at : "";
}
