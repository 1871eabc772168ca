/* erl_nif.h: native implemented functions: the interface that OTP documents under erl_nif, as
 * programs built by beamrc provide it. Source and binary compatible with that of OTP 25. */
#ifndef __ERL_NIF_H__
#define __ERL_NIF_H__

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <sys/uio.h>

#define ERL_NIF_MAJOR_VERSION                      2
#define ERL_NIF_MINOR_VERSION                      16
#define ERL_NIF_MIN_ERTS_VERSION                   "erts-12.0"
#define ERL_NIF_MIN_REQUIRED_MAJOR_VERSION_ON_LOAD 2
#define ERL_NIF_VM_VARIANT                         "beam.vanilla"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- numbers, terms, times ---- */
typedef unsigned long ErlNifUInt64;
typedef signed long ErlNifSInt64;
typedef unsigned long ErlNifUInt;
typedef signed long ErlNifSInt;
typedef ErlNifUInt64 ErlNapiUInt64;
typedef ErlNifSInt64 ErlNapiSInt64;
typedef ErlNifUInt ErlNapiUInt;
typedef ErlNifSInt ErlNapiSInt;
typedef ErlNifUInt ERL_NIF_TERM;
typedef ERL_NIF_TERM ERL_NIF_UINT;

typedef ErlNifSInt64 ErlNifTime;
#define ERL_NIF_TIME_ERROR (-9223372036854775807L - 1L)
typedef enum {
    ERL_NIF_SEC = 0,
    ERL_NIF_MSEC = 1,
    ERL_NIF_USEC = 2,
    ERL_NIF_NSEC = 3
} ErlNifTimeUnit;

/* ---- libraries ---- */
typedef struct enif_environment_t ErlNifEnv;

typedef struct enif_func_t {
    const char *name;
    unsigned arity;
    ERL_NIF_TERM (*fptr)(ErlNifEnv *env, int argc, const ERL_NIF_TERM argv[]);
    unsigned flags;
} ErlNifFunc;

typedef struct enif_entry_t {
    int major;
    int minor;
    const char *name;
    int num_of_funcs;
    ErlNifFunc *funcs;
    int (*load)(ErlNifEnv *, void **priv_data, ERL_NIF_TERM load_info);
    int (*reload)(ErlNifEnv *, void **priv_data, ERL_NIF_TERM load_info);
    int (*upgrade)(ErlNifEnv *, void **priv_data, void **old_priv_data, ERL_NIF_TERM load_info);
    void (*unload)(ErlNifEnv *, void *priv_data);
    const char *vm_variant;
    unsigned options;
    size_t sizeof_ErlNifResourceTypeInit;
    const char *min_erts;
} ErlNifEntry;

typedef enum { ERL_DIRTY_JOB_CPU_BOUND = 1, ERL_DIRTY_JOB_IO_BOUND = 2 } ErlDirtyJobFlags;
typedef enum {
    ERL_NIF_DIRTY_JOB_CPU_BOUND = ERL_DIRTY_JOB_CPU_BOUND,
    ERL_NIF_DIRTY_JOB_IO_BOUND = ERL_DIRTY_JOB_IO_BOUND
} ErlNifDirtyTaskFlags;

/* ---- what the functions take and give ---- */
typedef struct {
    size_t size;
    unsigned char *data;
    void *ref_bin; /* this and the rest: the runtime's */
    void *__spare__[2];
} ErlNifBinary;

typedef int ErlNifEvent;
enum ErlNifSelectFlags {
    ERL_NIF_SELECT_READ = (1 << 0),
    ERL_NIF_SELECT_WRITE = (1 << 1),
    ERL_NIF_SELECT_STOP = (1 << 2),
    ERL_NIF_SELECT_CANCEL = (1 << 3),
    ERL_NIF_SELECT_CUSTOM_MSG = (1 << 4),
    ERL_NIF_SELECT_ERROR = (1 << 5)
};
/* What enif_select returns, or'd. */
#define ERL_NIF_SELECT_STOP_CALLED     (1 << 0)
#define ERL_NIF_SELECT_STOP_SCHEDULED  (1 << 1)
#define ERL_NIF_SELECT_INVALID_EVENT   (1 << 2)
#define ERL_NIF_SELECT_FAILED          (1 << 3)
#define ERL_NIF_SELECT_READ_CANCELLED  (1 << 4)
#define ERL_NIF_SELECT_WRITE_CANCELLED (1 << 5)
#define ERL_NIF_SELECT_ERROR_CANCELLED (1 << 6)
#define ERL_NIF_SELECT_NOTSUP          (1 << 7)

typedef enum { ERL_NIF_RT_CREATE = 1, ERL_NIF_RT_TAKEOVER = 2 } ErlNifResourceFlags;
typedef enum { ERL_NIF_LATIN1 = 1 } ErlNifCharEncoding;

typedef struct {
    ERL_NIF_TERM pid;
} ErlNifPid;
typedef struct {
    ERL_NIF_TERM port_id;
} ErlNifPort;

typedef struct {
    unsigned char data[sizeof(void *) * 4];
} ErlDrvMonitor;
typedef ErlDrvMonitor ErlNifMonitor;

typedef struct enif_resource_type_t ErlNifResourceType;
typedef void ErlNifResourceDtor(ErlNifEnv *, void *);
typedef void ErlNifResourceStop(ErlNifEnv *, void *, ErlNifEvent, int is_direct_call);
typedef void ErlNifResourceDown(ErlNifEnv *, void *, ErlNifPid *, ErlNifMonitor *);
typedef void ErlNifResourceDynCall(ErlNifEnv *, void *obj, void *call_data);
typedef struct {
    ErlNifResourceDtor *dtor;
    ErlNifResourceStop *stop;
    ErlNifResourceDown *down;
    int members;
    ErlNifResourceDynCall *dyncall;
} ErlNifResourceTypeInit;

typedef struct {
    int driver_major_version;
    int driver_minor_version;
    char *erts_version;
    char *otp_release;
    int thread_support;
    int smp_support;
    int async_threads;
    int scheduler_threads;
    int nif_major_version;
    int nif_minor_version;
    int dirty_scheduler_support;
} ErlDrvSysInfo;
typedef ErlDrvSysInfo ErlNifSysInfo;

typedef struct ErlDrvTid_ *ErlNifTid;
typedef struct ErlDrvMutex_ ErlNifMutex;
typedef struct ErlDrvCond_ ErlNifCond;
typedef struct ErlDrvRWLock_ ErlNifRWLock;
typedef int ErlNifTSDKey;
typedef struct {
    int suggested_stack_size;
} ErlDrvThreadOpts;
typedef ErlDrvThreadOpts ErlNifThreadOpts;
#define ERL_NIF_THR_UNDEFINED           0
#define ERL_NIF_THR_NORMAL_SCHEDULER    1
#define ERL_NIF_THR_DIRTY_CPU_SCHEDULER 2
#define ERL_NIF_THR_DIRTY_IO_SCHEDULER  3

typedef struct { /* all the runtime's */
    ERL_NIF_TERM map;
    ERL_NIF_UINT size;
    ERL_NIF_UINT idx;
    void *u[2];
    void *__spare__[2];
} ErlNifMapIterator;
typedef enum {
    ERL_NIF_MAP_ITERATOR_FIRST = 1,
    ERL_NIF_MAP_ITERATOR_LAST = 2,
    ERL_NIF_MAP_ITERATOR_HEAD = ERL_NIF_MAP_ITERATOR_FIRST,
    ERL_NIF_MAP_ITERATOR_TAIL = ERL_NIF_MAP_ITERATOR_LAST
} ErlNifMapIteratorEntry;

typedef enum {
    ERL_NIF_UNIQUE_POSITIVE = (1 << 0),
    ERL_NIF_UNIQUE_MONOTONIC = (1 << 1)
} ErlNifUniqueInteger;
typedef enum { ERL_NIF_BIN2TERM_SAFE = 0x20000000 } ErlNifBinaryToTerm;
typedef enum { ERL_NIF_INTERNAL_HASH = 1, ERL_NIF_PHASH2 = 2 } ErlNifHash;

#ifdef HAVE_SYS_UIO_H
typedef struct iovec SysIOVec;
#else
typedef struct {
    char *iov_base;
    size_t iov_len;
} SysIOVec;
#endif
#define ERL_NIF_IOVEC_SIZE 16
typedef struct erl_nif_io_vec {
    int iovcnt;
    size_t size;
    SysIOVec *iov;
    void **ref_bins; /* this and the rest: the runtime's */
    int flags;
    SysIOVec small_iov[ERL_NIF_IOVEC_SIZE];
    void *small_ref_bin[ERL_NIF_IOVEC_SIZE];
} ErlNifIOVec;
typedef struct erts_io_queue ErlNifIOQueue;
typedef enum { ERL_NIF_IOQ_NORMAL = 1 } ErlNifIOQueueOpts;

typedef enum {
    ERL_NIF_TERM_TYPE_ATOM = 1,
    ERL_NIF_TERM_TYPE_BITSTRING = 2,
    ERL_NIF_TERM_TYPE_FLOAT = 3,
    ERL_NIF_TERM_TYPE_FUN = 4,
    ERL_NIF_TERM_TYPE_INTEGER = 5,
    ERL_NIF_TERM_TYPE_LIST = 6,
    ERL_NIF_TERM_TYPE_MAP = 7,
    ERL_NIF_TERM_TYPE_PID = 8,
    ERL_NIF_TERM_TYPE_PORT = 9,
    ERL_NIF_TERM_TYPE_REFERENCE = 10,
    ERL_NIF_TERM_TYPE_TUPLE = 11,
    /* more may come: a switch needs a default */
    ERL_NIF_TERM_TYPE__MISSING_DEFAULT_CASE__READ_THE_MANUAL = -1
} ErlNifTermType;

/* ---- memory, libraries, environments ---- */
void *enif_priv_data(ErlNifEnv *env);
void *enif_alloc(size_t size);
void enif_free(void *ptr);
void *enif_realloc(void *ptr, size_t size);
void *enif_dlopen(const char *lib, void (*err_handler)(void *, const char *), void *err_arg);
void *enif_dlsym(void *handle, const char *symbol, void (*err_handler)(void *, const char *),
                 void *err_arg);
ErlNifEnv *enif_alloc_env(void);
void enif_free_env(ErlNifEnv *env);
void enif_clear_env(ErlNifEnv *env);
ERL_NIF_TERM enif_make_copy(ErlNifEnv *dst_env, ERL_NIF_TERM src_term);

/* Where a long has 64 bits these are the same functions. */
#define enif_get_int64   enif_get_long
#define enif_get_uint64  enif_get_ulong
#define enif_make_int64  enif_make_long
#define enif_make_uint64 enif_make_ulong

/* ---- looking at terms ---- */
int enif_is_atom(ErlNifEnv *env, ERL_NIF_TERM term);
int enif_is_binary(ErlNifEnv *env, ERL_NIF_TERM term);
int enif_is_ref(ErlNifEnv *env, ERL_NIF_TERM term);
int enif_is_fun(ErlNifEnv *env, ERL_NIF_TERM term);
int enif_is_pid(ErlNifEnv *env, ERL_NIF_TERM term);
int enif_is_port(ErlNifEnv *env, ERL_NIF_TERM term);
int enif_is_list(ErlNifEnv *env, ERL_NIF_TERM term);
int enif_is_empty_list(ErlNifEnv *env, ERL_NIF_TERM term);
int enif_is_tuple(ErlNifEnv *env, ERL_NIF_TERM term);
int enif_is_map(ErlNifEnv *env, ERL_NIF_TERM term);
int enif_is_number(ErlNifEnv *env, ERL_NIF_TERM term);
int enif_is_exception(ErlNifEnv *env, ERL_NIF_TERM term);
int enif_is_identical(ERL_NIF_TERM lhs, ERL_NIF_TERM rhs);
int enif_compare(ERL_NIF_TERM lhs, ERL_NIF_TERM rhs);
ErlNifUInt64 enif_hash(ErlNifHash type, ERL_NIF_TERM term, ErlNifUInt64 salt);
ErlNifTermType enif_term_type(ErlNifEnv *env, ERL_NIF_TERM term);
int enif_get_int(ErlNifEnv *env, ERL_NIF_TERM term, int *ip);
int enif_get_uint(ErlNifEnv *env, ERL_NIF_TERM term, unsigned *ip);
int enif_get_long(ErlNifEnv *env, ERL_NIF_TERM term, long *ip);
int enif_get_ulong(ErlNifEnv *env, ERL_NIF_TERM term, unsigned long *ip);
int enif_get_double(ErlNifEnv *env, ERL_NIF_TERM term, double *dp);
int enif_get_atom(ErlNifEnv *env, ERL_NIF_TERM atom, char *buf, unsigned len,
                  ErlNifCharEncoding encode);
int enif_get_atom_length(ErlNifEnv *env, ERL_NIF_TERM atom, unsigned *len,
                         ErlNifCharEncoding encode);
int enif_get_string(ErlNifEnv *env, ERL_NIF_TERM list, char *buf, unsigned len,
                    ErlNifCharEncoding encode);
int enif_get_list_cell(ErlNifEnv *env, ERL_NIF_TERM term, ERL_NIF_TERM *head, ERL_NIF_TERM *tail);
int enif_get_list_length(ErlNifEnv *env, ERL_NIF_TERM term, unsigned *len);
int enif_get_tuple(ErlNifEnv *env, ERL_NIF_TERM tpl, int *arity, const ERL_NIF_TERM **array);
int enif_get_map_size(ErlNifEnv *env, ERL_NIF_TERM term, size_t *size);
int enif_get_map_value(ErlNifEnv *env, ERL_NIF_TERM map, ERL_NIF_TERM key, ERL_NIF_TERM *value);
int enif_get_local_pid(ErlNifEnv *env, ERL_NIF_TERM term, ErlNifPid *pid);
int enif_get_local_port(ErlNifEnv *env, ERL_NIF_TERM term, ErlNifPort *port_id);

/* ---- making terms ---- */
ERL_NIF_TERM enif_make_badarg(ErlNifEnv *env);
ERL_NIF_TERM enif_raise_exception(ErlNifEnv *env, ERL_NIF_TERM reason);
int enif_has_pending_exception(ErlNifEnv *env, ERL_NIF_TERM *reason);
ERL_NIF_TERM enif_make_int(ErlNifEnv *env, int i);
ERL_NIF_TERM enif_make_uint(ErlNifEnv *env, unsigned i);
ERL_NIF_TERM enif_make_long(ErlNifEnv *env, long i);
ERL_NIF_TERM enif_make_ulong(ErlNifEnv *env, unsigned long i);
ERL_NIF_TERM enif_make_double(ErlNifEnv *env, double d);
ERL_NIF_TERM enif_make_atom(ErlNifEnv *env, const char *name);
ERL_NIF_TERM enif_make_atom_len(ErlNifEnv *env, const char *name, size_t len);
int enif_make_existing_atom(ErlNifEnv *env, const char *name, ERL_NIF_TERM *atom,
                            ErlNifCharEncoding encode);
int enif_make_existing_atom_len(ErlNifEnv *env, const char *name, size_t len, ERL_NIF_TERM *atom,
                                ErlNifCharEncoding encode);
ERL_NIF_TERM enif_make_tuple(ErlNifEnv *env, unsigned cnt, ...);
ERL_NIF_TERM enif_make_tuple_from_array(ErlNifEnv *env, const ERL_NIF_TERM arr[], unsigned cnt);
ERL_NIF_TERM enif_make_list(ErlNifEnv *env, unsigned cnt, ...);
ERL_NIF_TERM enif_make_list_cell(ErlNifEnv *env, ERL_NIF_TERM car, ERL_NIF_TERM cdr);
ERL_NIF_TERM enif_make_list_from_array(ErlNifEnv *env, const ERL_NIF_TERM arr[], unsigned cnt);
int enif_make_reverse_list(ErlNifEnv *env, ERL_NIF_TERM term, ERL_NIF_TERM *list);
ERL_NIF_TERM enif_make_string(ErlNifEnv *env, const char *string, ErlNifCharEncoding encode);
ERL_NIF_TERM enif_make_string_len(ErlNifEnv *env, const char *string, size_t len,
                                  ErlNifCharEncoding encode);
ERL_NIF_TERM enif_make_ref(ErlNifEnv *env);
ERL_NIF_TERM enif_make_unique_integer(ErlNifEnv *env, ErlNifUniqueInteger properties);
ERL_NIF_TERM enif_make_new_map(ErlNifEnv *env);
int enif_make_map_put(ErlNifEnv *env, ERL_NIF_TERM map_in, ERL_NIF_TERM key, ERL_NIF_TERM value,
                      ERL_NIF_TERM *map_out);
int enif_make_map_update(ErlNifEnv *env, ERL_NIF_TERM map_in, ERL_NIF_TERM key, ERL_NIF_TERM value,
                         ERL_NIF_TERM *map_out);
int enif_make_map_remove(ErlNifEnv *env, ERL_NIF_TERM map_in, ERL_NIF_TERM key,
                         ERL_NIF_TERM *map_out);
int enif_make_map_from_arrays(ErlNifEnv *env, ERL_NIF_TERM keys[], ERL_NIF_TERM values[],
                              size_t cnt, ERL_NIF_TERM *map_out);
int enif_map_iterator_create(ErlNifEnv *env, ERL_NIF_TERM map, ErlNifMapIterator *iter,
                             ErlNifMapIteratorEntry entry);
void enif_map_iterator_destroy(ErlNifEnv *env, ErlNifMapIterator *iter);
int enif_map_iterator_is_head(ErlNifEnv *env, ErlNifMapIterator *iter);
int enif_map_iterator_is_tail(ErlNifEnv *env, ErlNifMapIterator *iter);
int enif_map_iterator_next(ErlNifEnv *env, ErlNifMapIterator *iter);
int enif_map_iterator_prev(ErlNifEnv *env, ErlNifMapIterator *iter);
int enif_map_iterator_get_pair(ErlNifEnv *env, ErlNifMapIterator *iter, ERL_NIF_TERM *key,
                               ERL_NIF_TERM *value);

/* ---- binaries, external form, vectors ---- */
int enif_inspect_binary(ErlNifEnv *env, ERL_NIF_TERM bin_term, ErlNifBinary *bin);
int enif_inspect_iolist_as_binary(ErlNifEnv *env, ERL_NIF_TERM term, ErlNifBinary *bin);
int enif_alloc_binary(size_t size, ErlNifBinary *bin);
int enif_realloc_binary(ErlNifBinary *bin, size_t size);
void enif_release_binary(ErlNifBinary *bin);
ERL_NIF_TERM enif_make_binary(ErlNifEnv *env, ErlNifBinary *bin);
unsigned char *enif_make_new_binary(ErlNifEnv *env, size_t size, ERL_NIF_TERM *termp);
ERL_NIF_TERM enif_make_sub_binary(ErlNifEnv *env, ERL_NIF_TERM bin_term, size_t pos, size_t size);
int enif_term_to_binary(ErlNifEnv *env, ERL_NIF_TERM term, ErlNifBinary *bin);
size_t enif_binary_to_term(ErlNifEnv *env, const unsigned char *data, size_t sz, ERL_NIF_TERM *term,
                           unsigned int opts);
int enif_inspect_iovec(ErlNifEnv *env, size_t max_length, ERL_NIF_TERM iovec_term,
                       ERL_NIF_TERM *tail, ErlNifIOVec **iovec);
void enif_free_iovec(ErlNifIOVec *iov);
ErlNifIOQueue *enif_ioq_create(ErlNifIOQueueOpts opts);
void enif_ioq_destroy(ErlNifIOQueue *q);
int enif_ioq_enq_binary(ErlNifIOQueue *q, ErlNifBinary *bin, size_t skip);
int enif_ioq_enqv(ErlNifIOQueue *q, ErlNifIOVec *iov, size_t skip);
size_t enif_ioq_size(ErlNifIOQueue *q);
int enif_ioq_deq(ErlNifIOQueue *q, size_t count, size_t *size);
SysIOVec *enif_ioq_peek(ErlNifIOQueue *q, int *iovlen);
int enif_ioq_peek_head(ErlNifEnv *env, ErlNifIOQueue *q, size_t *size, ERL_NIF_TERM *head);

/* ---- resources, monitors, descriptors ---- */
ErlNifResourceType *enif_open_resource_type(ErlNifEnv *env, const char *module_str,
                                            const char *name_str, void (*dtor)(ErlNifEnv *, void *),
                                            ErlNifResourceFlags flags, ErlNifResourceFlags *tried);
ErlNifResourceType *enif_open_resource_type_x(ErlNifEnv *env, const char *name_str,
                                              const ErlNifResourceTypeInit *init,
                                              ErlNifResourceFlags flags,
                                              ErlNifResourceFlags *tried);
ErlNifResourceType *enif_init_resource_type(ErlNifEnv *env, const char *name_str,
                                            const ErlNifResourceTypeInit *init,
                                            ErlNifResourceFlags flags, ErlNifResourceFlags *tried);
void *enif_alloc_resource(ErlNifResourceType *type, size_t size);
void enif_release_resource(void *obj);
void enif_keep_resource(void *obj);
ERL_NIF_TERM enif_make_resource(ErlNifEnv *env, void *obj);
ERL_NIF_TERM enif_make_resource_binary(ErlNifEnv *env, void *obj, const void *data, size_t size);
int enif_get_resource(ErlNifEnv *env, ERL_NIF_TERM term, ErlNifResourceType *type, void **objp);
size_t enif_sizeof_resource(void *obj);
int enif_dynamic_resource_call(ErlNifEnv *env, ERL_NIF_TERM mod, ERL_NIF_TERM name,
                               ERL_NIF_TERM rsrc, void *call_data);
int enif_monitor_process(ErlNifEnv *env, void *obj, const ErlNifPid *pid, ErlNifMonitor *monitor);
int enif_demonitor_process(ErlNifEnv *env, void *obj, const ErlNifMonitor *monitor);
int enif_compare_monitors(const ErlNifMonitor *a, const ErlNifMonitor *b);
ERL_NIF_TERM enif_make_monitor_term(ErlNifEnv *env, const ErlNifMonitor *monitor);
int enif_select(ErlNifEnv *env, ErlNifEvent e, enum ErlNifSelectFlags flags, void *obj,
                const ErlNifPid *pid, ERL_NIF_TERM ref);
int enif_select_x(ErlNifEnv *env, ErlNifEvent e, enum ErlNifSelectFlags flags, void *obj,
                  const ErlNifPid *pid, ERL_NIF_TERM msg, ErlNifEnv *msg_env);
#define enif_select_read(ENV, E, OBJ, PID, MSG, MSG_ENV)                                           \
    enif_select_x(ENV, E,                                                                          \
                  (enum ErlNifSelectFlags)(ERL_NIF_SELECT_READ | ERL_NIF_SELECT_CUSTOM_MSG), OBJ,  \
                  PID, MSG, MSG_ENV)
#define enif_select_write(ENV, E, OBJ, PID, MSG, MSG_ENV)                                          \
    enif_select_x(ENV, E,                                                                          \
                  (enum ErlNifSelectFlags)(ERL_NIF_SELECT_WRITE | ERL_NIF_SELECT_CUSTOM_MSG), OBJ, \
                  PID, MSG, MSG_ENV)
#define enif_select_error(ENV, E, OBJ, PID, MSG, MSG_ENV)                                          \
    enif_select_x(ENV, E,                                                                          \
                  (enum ErlNifSelectFlags)(ERL_NIF_SELECT_ERROR | ERL_NIF_SELECT_CUSTOM_MSG), OBJ, \
                  PID, MSG, MSG_ENV)

/* ---- processes, ports, scheduling ---- */
ErlNifPid *enif_self(ErlNifEnv *caller_env, ErlNifPid *pid);
int enif_send(ErlNifEnv *env, const ErlNifPid *to_pid, ErlNifEnv *msg_env, ERL_NIF_TERM msg);
int enif_port_command(ErlNifEnv *env, const ErlNifPort *to_port, ErlNifEnv *msg_env,
                      ERL_NIF_TERM msg);
int enif_is_current_process_alive(ErlNifEnv *env);
int enif_is_process_alive(ErlNifEnv *env, ErlNifPid *pid);
int enif_is_port_alive(ErlNifEnv *env, ErlNifPort *port_id);
int enif_whereis_pid(ErlNifEnv *env, ERL_NIF_TERM name, ErlNifPid *pid);
int enif_whereis_port(ErlNifEnv *env, ERL_NIF_TERM name, ErlNifPort *port);
void enif_set_pid_undefined(ErlNifPid *pid);
int enif_is_pid_undefined(const ErlNifPid *pid);
#define enif_make_pid(ENV, PID)       ((void)(ENV), (const ERL_NIF_TERM)((PID)->pid))
#define enif_compare_pids(PID1, PID2) enif_compare((PID1)->pid, (PID2)->pid)
int enif_consume_timeslice(ErlNifEnv *env, int percent);
ERL_NIF_TERM enif_schedule_nif(ErlNifEnv *env, const char *fun_name, int flags,
                               ERL_NIF_TERM (*fp)(ErlNifEnv *, int, const ERL_NIF_TERM[]), int argc,
                               const ERL_NIF_TERM argv[]);

/* ---- threads ---- */
ErlNifMutex *enif_mutex_create(char *name);
void enif_mutex_destroy(ErlNifMutex *mtx);
int enif_mutex_trylock(ErlNifMutex *mtx);
void enif_mutex_lock(ErlNifMutex *mtx);
void enif_mutex_unlock(ErlNifMutex *mtx);
char *enif_mutex_name(ErlNifMutex *mtx);
ErlNifCond *enif_cond_create(char *name);
void enif_cond_destroy(ErlNifCond *cnd);
void enif_cond_signal(ErlNifCond *cnd);
void enif_cond_broadcast(ErlNifCond *cnd);
void enif_cond_wait(ErlNifCond *cnd, ErlNifMutex *mtx);
char *enif_cond_name(ErlNifCond *cnd);
ErlNifRWLock *enif_rwlock_create(char *name);
void enif_rwlock_destroy(ErlNifRWLock *rwlck);
int enif_rwlock_tryrlock(ErlNifRWLock *rwlck);
void enif_rwlock_rlock(ErlNifRWLock *rwlck);
void enif_rwlock_runlock(ErlNifRWLock *rwlck);
int enif_rwlock_tryrwlock(ErlNifRWLock *rwlck);
void enif_rwlock_rwlock(ErlNifRWLock *rwlck);
void enif_rwlock_rwunlock(ErlNifRWLock *rwlck);
char *enif_rwlock_name(ErlNifRWLock *rwlck);
int enif_tsd_key_create(char *name, ErlNifTSDKey *key);
void enif_tsd_key_destroy(ErlNifTSDKey key);
void enif_tsd_set(ErlNifTSDKey key, void *data);
void *enif_tsd_get(ErlNifTSDKey key);
ErlNifThreadOpts *enif_thread_opts_create(char *name);
void enif_thread_opts_destroy(ErlNifThreadOpts *opts);
int enif_thread_create(char *name, ErlNifTid *tid, void *(*func)(void *), void *args,
                       ErlNifThreadOpts *opts);
ErlNifTid enif_thread_self(void);
int enif_equal_tids(ErlNifTid tid1, ErlNifTid tid2);
void enif_thread_exit(void *resp);
int enif_thread_join(ErlNifTid tid, void **respp);
char *enif_thread_name(ErlNifTid tid);
int enif_thread_type(void);

/* ---- time, text, the system ---- */
ErlNifTime enif_monotonic_time(ErlNifTimeUnit unit);
ErlNifTime enif_time_offset(ErlNifTimeUnit unit);
ErlNifTime enif_convert_time_unit(ErlNifTime val, ErlNifTimeUnit from, ErlNifTimeUnit to);
ERL_NIF_TERM enif_now_time(ErlNifEnv *env);
ERL_NIF_TERM enif_cpu_time(ErlNifEnv *env);
int enif_fprintf(FILE *stream, const char *format, ...);
int enif_vfprintf(FILE *stream, const char *format, va_list ap);
int enif_snprintf(char *buffer, size_t size, const char *format, ...);
int enif_vsnprintf(char *buffer, size_t size, const char *format, va_list ap);
int enif_getenv(const char *key, char *value, size_t *value_size);
void enif_system_info(ErlNifSysInfo *sip, size_t si_size);

/* ---- tuples and lists of a known number of elements ---- */
#define enif_make_tuple1(ENV, A)                   enif_make_tuple(ENV, 1, A)
#define enif_make_tuple2(ENV, A, B)                enif_make_tuple(ENV, 2, A, B)
#define enif_make_tuple3(ENV, A, B, C)             enif_make_tuple(ENV, 3, A, B, C)
#define enif_make_tuple4(ENV, A, B, C, D)          enif_make_tuple(ENV, 4, A, B, C, D)
#define enif_make_tuple5(ENV, A, B, C, D, E)       enif_make_tuple(ENV, 5, A, B, C, D, E)
#define enif_make_tuple6(ENV, A, B, C, D, E, F)    enif_make_tuple(ENV, 6, A, B, C, D, E, F)
#define enif_make_tuple7(ENV, A, B, C, D, E, F, G) enif_make_tuple(ENV, 7, A, B, C, D, E, F, G)
#define enif_make_tuple8(ENV, A, B, C, D, E, F, G, H)                                              \
    enif_make_tuple(ENV, 8, A, B, C, D, E, F, G, H)
#define enif_make_tuple9(ENV, A, B, C, D, E, F, G, H, I)                                           \
    enif_make_tuple(ENV, 9, A, B, C, D, E, F, G, H, I)
#define enif_make_list1(ENV, A)                      enif_make_list(ENV, 1, A)
#define enif_make_list2(ENV, A, B)                   enif_make_list(ENV, 2, A, B)
#define enif_make_list3(ENV, A, B, C)                enif_make_list(ENV, 3, A, B, C)
#define enif_make_list4(ENV, A, B, C, D)             enif_make_list(ENV, 4, A, B, C, D)
#define enif_make_list5(ENV, A, B, C, D, E)          enif_make_list(ENV, 5, A, B, C, D, E)
#define enif_make_list6(ENV, A, B, C, D, E, F)       enif_make_list(ENV, 6, A, B, C, D, E, F)
#define enif_make_list7(ENV, A, B, C, D, E, F, G)    enif_make_list(ENV, 7, A, B, C, D, E, F, G)
#define enif_make_list8(ENV, A, B, C, D, E, F, G, H) enif_make_list(ENV, 8, A, B, C, D, E, F, G, H)
#define enif_make_list9(ENV, A, B, C, D, E, F, G, H, I)                                            \
    enif_make_list(ENV, 9, A, B, C, D, E, F, G, H, I)

/* ---- the library's own entry ---- */
#ifdef STATIC_ERLANG_NIF_LIBNAME
#define STATIC_ERLANG_NIF
#define BEAMRC_NIF_PASTE(LIB)  LIB##_nif_init
#define BEAMRC_NIF_NAME(LIB)   BEAMRC_NIF_PASTE(LIB)
#define ERL_NIF_INIT_DECL(MOD) ErlNifEntry *BEAMRC_NIF_NAME(STATIC_ERLANG_NIF_LIBNAME)(void)
#elif defined(STATIC_ERLANG_NIF)
#define ERL_NIF_INIT_DECL(MOD) ErlNifEntry *MOD##_nif_init(void)
#else
#define ERL_NIF_INIT_DECL(MOD) __attribute__((visibility("default"))) ErlNifEntry *nif_init(void)
#endif

#define ERL_NIF_INIT_GLOB
#define ERL_NIF_INIT_ARGS void
#define ERL_NIF_INIT_BODY
#define ERL_NIF_INIT_EXPORT __attribute__((visibility("default")))

#ifdef __cplusplus
}
#define ERL_NIF_INIT_PROLOGUE extern "C" {
#define ERL_NIF_INIT_EPILOGUE }
#else
#define ERL_NIF_INIT_PROLOGUE
#define ERL_NIF_INIT_EPILOGUE
#endif

#define ERL_NIF_INIT(NAME, FUNCS, LOAD, RELOAD, UPGRADE, UNLOAD)                                   \
    ERL_NIF_INIT_PROLOGUE                                                                          \
    ERL_NIF_INIT_DECL(NAME);                                                                       \
    ERL_NIF_INIT_DECL(NAME) {                                                                      \
        static ErlNifEntry entry = {ERL_NIF_MAJOR_VERSION,                                         \
                                    ERL_NIF_MINOR_VERSION,                                         \
                                    #NAME,                                                         \
                                    (int)(sizeof(FUNCS) / sizeof(*(FUNCS))),                       \
                                    FUNCS,                                                         \
                                    LOAD,                                                          \
                                    RELOAD,                                                        \
                                    UPGRADE,                                                       \
                                    UNLOAD,                                                        \
                                    ERL_NIF_VM_VARIANT,                                            \
                                    1,                                                             \
                                    sizeof(ErlNifResourceTypeInit),                                \
                                    ERL_NIF_MIN_ERTS_VERSION};                                     \
        return &entry;                                                                             \
    }                                                                                              \
    ERL_NIF_INIT_EPILOGUE

#endif
