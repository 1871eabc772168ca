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

/* What a turn comes to. */
typedef struct PortTurn {
    bool over;   /* the port ends, for `reason` */
    Term reason; /* in `frag`, on p's heap, or an immediate */
    Frag *frag;
    Term answer; /* to the request in frag, once all has ended */
    bool again;  /* more to do at once */
    bool keep;   /* the request is to be tried again later */
    bool quiet;  /* links are not told */
    bool news;   /* of the end of a child, or of what it writes */
} PortTurn;
void brc_io_port_over(PortTurn *t, Term reason); /* where it is not yet */

struct Port;
/* What a driver is: a kind of port that acts on commands in its own way. Members may be NULL. */
typedef struct PortKind {
    const char *name; /* as open_port has it, {spawn, Name} */
    bool direct;      /* whoever asks may do the port's work, while it rests */
    void (*open)(struct Port *q);
    /* true; badarg; false: busy, where flags forbid to wait; BRC_NONE: busy, try again later */
    Term (*command)(Proc *p, struct Port *q, Term from, Term data, Term how, PortTurn *t);
    /* The answer to port_control: built on `to`; AM(badarg): none. */
    Term (*control)(Proc *to, Proc *p, struct Port *q, Term from, Term request, PortTurn *t);
    void (*turn)(Proc *p, struct Port *q, PortTurn *t);
    bool (*rest)(Proc *p, struct Port *q); /* true: there is something to do after all */
    void (*close)(Proc *p, struct Port *q);
    void (*free)(struct Port *q);
} PortKind;
void brc_io_port_add_kind(const PortKind *kind); /* before main */
const PortKind *brc_io_port_kind(const char *name);

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
    char *name; /* UTF-8, malloc'd */
    /* -- of a driver -- */
    const PortKind *kind; /* NULL: child processes and descriptors */
    void *data;
    Frag *kept, **kept_end; /* commands that wait until it is busy no more */
} Port;

/* ---- port.c ---- */
/* Makes a process of q's, which it takes over, linked to `opener`. BRC_NONE: too many. */
Term brc_io_port_start(Proc *opener, Port *q);
/* The port `forker` of the program itself, which is there from the first look at all ports on. */
void brc_io_port_start_forker(Proc *p);
/* The same of no opener's, owned by `owner`, or by nobody (BRC_NONE); it is linked to whom. */
Term brc_io_port_start_for(Sched *s, Port *q, Term owner);
Port *brc_io_port_new(const PortKind *kind);
void brc_io_port_free(Port *q); /* closes what is open */

/* Does what is asked of the port p: the answer, built on `to`, or BRC_NONE. */
Term brc_io_port_asked(Proc *to, Proc *p, Port *q, Term from, Term what, Term arg, PortTurn *t);
/* Gives up what was built on the port's heap: none of it lives on after a request. */
void brc_io_port_clean(Proc *p);
void brc_io_port_end(Proc *p, const PortTurn *t);

/* ---- port_direct.c ---- */
/* The port's process in the caller's hands, where it rests, has nothing to do first, and may be
 * had so; else NULL. What is asked of it then is done by the caller's thread. */
Proc *brc_io_port_take(Term port);
void brc_io_port_release(Proc *port, const PortTurn *t);
/* The answer, by p's own thread; BRC_NONE: the port is to be asked by a signal. */
Term brc_io_port_ask_direct(Proc *p, Term port, Term what, Term arg);

/* ---- port_data.c ---- */
void brc_io_port_put(PortBytes *b, const uint8_t *bytes, size_t n);
/* Sends what has come whole to the owner; at the end of input what is left of a line, too. */
void brc_io_port_deliver(Proc *p, Port *q);
/* Bytes as the owner wants them: a binary or a list. */
Term brc_io_port_text(Proc *p, const Port *q, const uint8_t *bytes, size_t n);
void brc_io_port_tell(Proc *p, Port *q, Term what); /* {Port, What} to the owner */

/* ---- port_keep.c ---- */
void brc_io_port_keep_begin(ProcSlot *slot);
void brc_io_port_keep_end(ProcSlot *slot, Term port);

/* ---- port_ram.c ---- */
extern const PortKind brc_io_ram_kind;

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
