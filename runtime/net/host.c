/* host.c: the host's name, and services from /etc/services. */
#include "base/file.h"
#include "base/format.h"
#include "net/socket.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void brc_net_host_name(NetReply *r) {
    char name[256];
    if (gethostname(name, sizeof name) < 0)
        brc_net_fail(r, errno);
    else
        brc_net_put(r, name, strnlen(name, sizeof name));
}

typedef struct Service {
    const char *name; /* NULL: any */
    uint32_t port;    /* 0: any */
    const char *protocol;
} Service;

/* A line: name port/protocol alias... A match's port goes to *port, its name to `name`. */
static bool matches(char *line, const Service *wanted, uint32_t *port, char *name) {
    char *rest = NULL, *comment = strchr(line, '#');
    if (comment) *comment = 0;
    char *first = strtok_r(line, " \t\r\n", &rest), *place = strtok_r(NULL, " \t\r\n", &rest);
    char *slash = place ? strchr(place, '/') : NULL;
    if (!slash) return false;
    *port = (uint32_t)strtol(place, NULL, 10);
    if (wanted->port && wanted->port != *port) return false;
    if (*wanted->protocol && strcmp(slash + 1, wanted->protocol) != 0) return false;
    brc_base_format(name, 256, "%s", first);
    for (char *alias = first; wanted->name && alias; alias = strtok_r(NULL, " \t\r\n", &rest))
        if (strcmp(alias, wanted->name) == 0) return true;
    return !wanted->name;
}

static bool find(const Service *wanted, uint32_t *port, char *name) {
    char *text = brc_base_file("/etc/services", NULL), *rest = NULL;
    bool found = false;
    for (char *line = text ? strtok_r(text, "\n", &rest) : NULL; line && !found;
         line = strtok_r(NULL, "\n", &rest))
        found = matches(line, wanted, port, name);
    free(text);
    return found;
}

/* A byte of length, then the text. */
static bool read_text(NetBytes *b, char *to) {
    size_t n = net_left(b) ? *b->at : 0;
    if (net_left(b) < 1 + n) return false;
    memcpy(to, b->at + 1, n);
    to[n] = 0;
    b->at += 1 + n;
    return true;
}

void brc_net_service_by_name(NetBytes *b, NetReply *r) {
    char name[256], protocol[256], found[256];
    uint32_t port;
    if (!read_text(b, name) || !read_text(b, protocol) ||
        !find(&(Service){name, 0, protocol}, &port, found))
        brc_net_fail(r, EINVAL);
    else
        brc_net_put_u16(r, port);
}

void brc_net_service_by_port(NetBytes *b, NetReply *r) {
    char protocol[256], found[256];
    uint32_t port = net_left(b) < 2 ? 0 : net_u16(b->at);
    b->at += net_left(b) < 2 ? net_left(b) : 2;
    if (!port || !read_text(b, protocol) || !find(&(Service){NULL, port, protocol}, &port, found))
        brc_net_fail(r, EINVAL);
    else
        brc_net_put(r, found, strlen(found));
}
