/* port.h: ports: child processes and descriptors as programs talk to them.
 *
 * A port is a process of this runtime whose code is port_turn in port.c: it acts on what is asked
 * of it (BRC_SIG_PORT), moves bytes, and parks until a descriptor is ready or something is asked.
 * All of it belongs to whoever runs that process. */
#pragma once
#include "proc/proc.h"
#include <sys/types.h>

/* What comes in, cut into messages. */
enum PortFraming { BRC_PORT_STREAM, BRC_PORT_PACKET, BRC_PORT_LINE };

typedef struct PortBytes { /* a queue; malloc'd */
    uint8_t *at;
    size_t first, end, room; /* bytes first..end are in it */
} PortBytes;

typedef struct PortRam PortRam;

/* Invariants: 1. a descriptor that is not open is -1; 2. `armed` names the
 * thread that watches a descriptor, where an event may still come. */
typedef struct Port {
    Term id, owner;
    int in_fd, out_fd;
    Sched *in_armed, *out_armed;
    bool given;  /* the descriptors are the program's own, perhaps shared with others */
    pid_t child; /* 0: none */
    bool child_ended, in_ended;
    int status; /* of the child, as exit_status has it */
    enum PortFraming framing;
    uint32_t unit; /* of packets: bytes of the head; of lines: most characters */
    bool binary, wants_eof, wants_status;
    PortBytes in, out; /* not delivered yet; not written yet */
    uint64_t in_total, out_total;
    char *name;   /* UTF-8, malloc'd */
    PortRam *ram; /* NULL: no file in memory */
} Port;

/* ---- port.c ---- */
/* Makes a process of q's, which it takes over, linked to `opener`. BRC_NONE: too many. */
Term brc_io_port_start(Proc *opener, Port *q);
/* The port `forker` of the program itself, which is there from the first look at all ports on. */
void brc_io_port_start_forker(Proc *p);
void brc_io_port_free(Port *q); /* closes what is open */

/* ---- port_data.c ---- */
void brc_io_port_put(PortBytes *b, const uint8_t *bytes, size_t n);
/* Sends what has come whole to the owner; at the end of input what is left of a line, too. */
void brc_io_port_deliver(Proc *p, Port *q);
/* Bytes as the owner wants them: a binary or a list. */
Term brc_io_port_text(Proc *p, const Port *q, const uint8_t *bytes, size_t n);
void brc_io_port_tell(Proc *p, Port *q, Term what); /* {Port, What} to the owner */

/* ---- port_ram.c ---- */
#define BRC_IO_RAM_DRIVER "ram_file_drv"
PortRam *brc_io_ram_new(void);
void brc_io_ram_free(PortRam *f);
bool brc_io_ram_command(Proc *p, Port *q, Term data); /* false: no iodata */

/* ---- port_spawn.c ---- */
typedef struct PortCommand { /* all malloc'd; NULL-terminated arrays */
    char *file;
    char **argv, **env; /* env NULL: ours */
    char *folder;       /* NULL: ours */
    bool in, out;       /* which ends we want */
    bool errors_too;    /* standard error goes where standard output goes */
    bool high;          /* the child finds us at 3 and 4 instead of 0 and 1 */
} PortCommand;
/* Starts the child and fills q's descriptors and child; 0, or an errno. */
int brc_io_port_spawn(Port *q, const PortCommand *c);
void brc_io_port_command_free(PortCommand *c);
/* From now on the port is told of the end of its child ({child, Status}). */
void brc_io_port_await(pid_t child, Term port);
