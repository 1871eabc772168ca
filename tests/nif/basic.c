/* Terms in and out, exceptions, scheduling. */
#include <erl_nif.h>
#include <string.h>

#define NIF(name)  static ERL_NIF_TERM name(ErlNifEnv *env, int argc, const ERL_NIF_TERM argv[])
#define ATOM(text) enif_make_atom(env, text)

static int load(ErlNifEnv *env, void **priv, ERL_NIF_TERM info) {
    const ERL_NIF_TERM *e;
    int n, *kept;
    if (!enif_get_tuple(env, info, &n, &e) || n != 2) return 1;
    kept = enif_alloc(sizeof *kept);
    if (!enif_get_int(env, e[1], kept)) return 2;
    *priv = kept;
    return 0;
}

NIF(priv) {
    return enif_make_int(env, *(int *)enif_priv_data(env));
}

NIF(ints) {
    int i;
    unsigned u;
    long l;
    unsigned long ul;
    ErlNifSInt64 s;
    ErlNifUInt64 w;
    ERL_NIF_TERM r = enif_make_list(env, 0);
    if (enif_get_int(env, argv[0], &i)) r = enif_make_list_cell(env, enif_make_int(env, i), r);
    if (enif_get_uint(env, argv[0], &u)) r = enif_make_list_cell(env, enif_make_uint(env, u), r);
    if (enif_get_long(env, argv[0], &l)) r = enif_make_list_cell(env, enif_make_long(env, l), r);
    if (enif_get_ulong(env, argv[0], &ul))
        r = enif_make_list_cell(env, enif_make_ulong(env, ul), r);
    if (enif_get_int64(env, argv[0], &s)) r = enif_make_list_cell(env, enif_make_int64(env, s), r);
    if (enif_get_uint64(env, argv[0], &w))
        r = enif_make_list_cell(env, enif_make_uint64(env, w), r);
    return r;
}

NIF(kinds) {
    ERL_NIF_TERM t = argv[0];
    char bits[20];
    snprintf(bits, sizeof bits, "%d%d%d%d%d%d%d%d%d%d%d", enif_is_atom(env, t) != 0,
             enif_is_binary(env, t) != 0, enif_is_ref(env, t) != 0, enif_is_fun(env, t) != 0,
             enif_is_pid(env, t) != 0, enif_is_port(env, t) != 0, enif_is_list(env, t) != 0,
             enif_is_empty_list(env, t) != 0, enif_is_tuple(env, t) != 0, enif_is_map(env, t) != 0,
             enif_is_number(env, t) != 0);
    return enif_make_tuple2(env, enif_make_string(env, bits, ERL_NIF_LATIN1),
                            enif_make_int(env, enif_term_type(env, t)));
}

NIF(tuple) {
    int n;
    ERL_NIF_TERM a[10];
    enif_get_int(env, argv[0], &n);
    for (int i = 0; i < n; i++)
        a[i] = argv[1];
    return enif_make_list2(env, enif_make_tuple_from_array(env, a, n),
                           enif_make_list_from_array(env, a, n));
}

NIF(list) {
    ERL_NIF_TERM head, tail;
    unsigned n = 77;
    int is = enif_get_list_length(env, argv[0], &n);
    if (!enif_get_list_cell(env, argv[0], &head, &tail))
        return enif_make_tuple2(env, enif_make_int(env, is), enif_make_uint(env, n));
    return enif_make_tuple4(env, enif_make_int(env, is), enif_make_uint(env, n), head, tail);
}

NIF(rev) {
    ERL_NIF_TERM r;
    return enif_make_reverse_list(env, argv[0], &r) ? r : ATOM("no");
}

NIF(text) {
    char buf[8] = "";
    int n = enif_get_string(env, argv[0], buf, sizeof buf, ERL_NIF_LATIN1);
    return enif_make_tuple2(env, enif_make_int(env, n),
                            enif_make_string(env, n ? buf : "-", ERL_NIF_LATIN1));
}

NIF(atom) {
    char buf[8] = "";
    unsigned len = 0;
    int n = enif_get_atom(env, argv[0], buf, sizeof buf, ERL_NIF_LATIN1);
    int m = enif_get_atom_length(env, argv[0], &len, ERL_NIF_LATIN1);
    return enif_make_tuple4(env, enif_make_int(env, n), n ? ATOM(buf) : ATOM("-"),
                            enif_make_int(env, m), enif_make_uint(env, len));
}

NIF(fail) {
    const ERL_NIF_TERM *e;
    int n;
    ERL_NIF_TERM reason = ATOM("none"), r;
    char buf[20];
    if (enif_get_tuple(env, argv[0], &n, &e)) return enif_raise_exception(env, e[1]);
    enif_get_atom(env, argv[0], buf, sizeof buf, ERL_NIF_LATIN1);
    if (!strcmp(buf, "ignored")) {
        enif_make_badarg(env);
        return ATOM("fine");
    }
    if (!strcmp(buf, "double")) {
        r = enif_make_double(env, 1.0 / 0.0);
        n = enif_has_pending_exception(env, &reason);
        return enif_raise_exception(
            env, enif_make_tuple3(env, enif_make_int(env, n), reason,
                                  enif_make_int(env, enif_is_exception(env, r))));
    }
    if (!strcmp(buf, "longatom")) {
        char name[300];
        memset(name, 'a', sizeof name);
        return enif_make_atom_len(env, name, sizeof name);
    }
    return enif_make_badarg(env);
}

NIF(bin) {
    ErlNifBinary b;
    if (!enif_inspect_binary(env, argv[0], &b)) return ATOM("no");
    return enif_make_tuple2(env, enif_make_ulong(env, b.size),
                            b.size ? enif_make_int(env, b.data[0]) : ATOM("none"));
}

NIF(up) {
    ErlNifBinary b, out;
    ERL_NIF_TERM r[3];
    if (!enif_inspect_binary(env, argv[0], &b)) return enif_make_badarg(env);
    enif_alloc_binary(b.size, &out);
    for (size_t i = 0; i < b.size; i++)
        out.data[i] = b.data[i] - 32;
    r[0] = enif_make_binary(env, &out);
    memcpy(enif_make_new_binary(env, b.size, &r[1]), b.data, b.size);
    enif_alloc_binary(1, &out);
    enif_realloc_binary(&out, 2 * b.size);
    memcpy(out.data, b.data, b.size);
    memcpy(out.data + b.size, b.data, b.size);
    r[2] = enif_make_binary(env, &out);
    enif_alloc_binary(1000, &out);
    enif_release_binary(&out);
    return enif_make_list_from_array(env, r, 3);
}

NIF(many) {
    return enif_make_tuple_from_array(env, argv, argc);
}

NIF(copy) {
    ErlNifEnv *other = enif_alloc_env();
    ERL_NIF_TERM t = enif_make_copy(other, argv[0]);
    t = enif_make_tuple2(other, t, enif_make_string(other, "there", ERL_NIF_LATIN1));
    t = enif_make_copy(env, t);
    enif_clear_env(other);
    enif_make_list1(other, enif_make_atom(other, "again"));
    enif_free_env(other);
    return t;
}

static int sign(int n) {
    return (n > 0) - (n < 0);
}

NIF(compare) {
    return enif_make_tuple2(env, enif_make_int(env, enif_is_identical(argv[0], argv[1]) != 0),
                            enif_make_int(env, sign(enif_compare(argv[0], argv[1]))));
}

NIF(printed) {
    char buf[200], small[10];
    int n = enif_snprintf(buf, sizeof buf, "%s|%d|%5.2f|%-4x|%c|%T|%lu|%%|%*d", "s", -3, 1.5, 255,
                          'c', argv[0], 7UL, 4, 9);
    enif_snprintf(small, sizeof small, "%T", argv[0]);
    return enif_make_tuple3(env, enif_make_int(env, n), enif_make_string(env, buf, ERL_NIF_LATIN1),
                            enif_make_string(env, small, ERL_NIF_LATIN1));
}

NIF(slow_again) {
    int n, done;
    enif_get_int(env, argv[0], &n);
    enif_get_int(env, argv[1], &done);
    if (n == 0) return enif_make_tuple2(env, ATOM("done"), argv[1]);
    enif_consume_timeslice(env, 20);
    ERL_NIF_TERM next[] = {enif_make_int(env, n - 1), enif_make_int(env, done + n)};
    return enif_schedule_nif(env, "slow_again", 0, slow_again, 2, next);
}
NIF(slow) {
    ERL_NIF_TERM next[] = {argv[0], enif_make_int(env, 0)};
    return enif_schedule_nif(env, "slow_again", 0, slow_again, 2, next);
}

NIF(thread_kind) {
    return enif_make_tuple2(env, enif_make_int(env, enif_thread_type()), argv[0]);
}
NIF(back) {
    return enif_schedule_nif(env, "thread_kind", 0, thread_kind, 1, argv);
}
NIF(always_bad) {
    return enif_raise_exception(env, enif_make_tuple2(env, ATOM("dirty"), argv[0]));
}
NIF(nested) {
    return enif_schedule_nif(env, "back", ERL_NIF_DIRTY_JOB_CPU_BOUND, back, 1, argv);
}
NIF(dirty) {
    char how[10];
    enif_get_atom(env, argv[0], how, sizeof how, ERL_NIF_LATIN1);
    if (!strcmp(how, "cpu"))
        return enif_schedule_nif(env, "thread_kind", ERL_NIF_DIRTY_JOB_CPU_BOUND, thread_kind, 1,
                                 argv + 1);
    if (!strcmp(how, "io"))
        return enif_schedule_nif(env, "thread_kind", ERL_NIF_DIRTY_JOB_IO_BOUND, thread_kind, 1,
                                 argv + 1);
    if (!strcmp(how, "back"))
        return enif_schedule_nif(env, "back", ERL_NIF_DIRTY_JOB_IO_BOUND, back, 1, argv + 1);
    if (!strcmp(how, "nested"))
        return enif_schedule_nif(env, "nested", ERL_NIF_DIRTY_JOB_IO_BOUND, nested, 1, argv + 1);
    return enif_schedule_nif(env, "always_bad", ERL_NIF_DIRTY_JOB_CPU_BOUND, always_bad, 1,
                             argv + 1);
}
NIF(where) {
    return enif_make_int(env, enif_thread_type());
}
NIF(sum) {
    int a, b;
    if (!enif_get_int(env, argv[0], &a) || !enif_get_int(env, argv[1], &b))
        return enif_make_badarg(env);
    return enif_make_int(env, a + b);
}

NIF(map) {
    int n, ok;
    size_t size;
    ERL_NIF_TERM m = enif_make_new_map(env), v, u, r, keys[40], values[40];
    enif_get_int(env, argv[0], &n);
    for (int i = 0; i < n; i++) {
        keys[i] = enif_make_int(env, i);
        values[i] = enif_make_int(env, i * i);
        enif_make_map_put(env, m, keys[i], values[i], &m);
    }
    ok = enif_make_map_from_arrays(env, keys, values, n, &v);
    enif_get_map_size(env, m, &size);
    int up = enif_make_map_update(env, m, enif_make_int(env, 0), ATOM("new"), &u);
    int gone = enif_make_map_remove(env, m, enif_make_int(env, 1), &r);
    if (n) keys[0] = keys[n - 1];
    ERL_NIF_TERM value = ATOM("none");
    int got = enif_get_map_value(env, m, enif_make_int(env, 2), &value);
    ERL_NIF_TERM all[] = {
        enif_make_ulong(env, size),
        enif_make_int(env, ok && enif_is_identical(m, v)),
        enif_make_int(env, up),
        up ? u : m,
        enif_make_int(env, gone),
        r,
        enif_make_int(env, got),
        value,
        enif_make_int(env, enif_make_map_from_arrays(env, keys, values, n > 1 ? n : 0, &v))};
    return enif_make_tuple_from_array(env, all, 9);
}

NIF(walk) {
    ErlNifMapIterator it;
    ERL_NIF_TERM k, v, there = enif_make_list(env, 0), back = there;
    if (!enif_map_iterator_create(env, argv[0], &it, ERL_NIF_MAP_ITERATOR_FIRST)) return ATOM("no");
    while (enif_map_iterator_get_pair(env, &it, &k, &v)) {
        there = enif_make_list_cell(env, enif_make_tuple2(env, k, v), there);
        enif_map_iterator_next(env, &it);
    }
    int tail = enif_map_iterator_is_tail(env, &it);
    enif_map_iterator_destroy(env, &it);
    enif_map_iterator_create(env, argv[0], &it, ERL_NIF_MAP_ITERATOR_LAST);
    while (enif_map_iterator_get_pair(env, &it, &k, &v)) {
        back = enif_make_list_cell(env, enif_make_tuple2(env, k, v), back);
        enif_map_iterator_prev(env, &it);
    }
    int head = enif_map_iterator_is_head(env, &it);
    enif_map_iterator_destroy(env, &it);
    enif_make_reverse_list(env, back, &back);
    return enif_make_tuple4(env, there, enif_make_int(env, tail), enif_make_int(env, head),
                            enif_make_int(env, enif_is_identical(there, back)));
}

NIF(hash) {
    return enif_make_uint64(env, enif_hash(ERL_NIF_PHASH2, argv[0], 0));
}

NIF(etf) {
    ErlNifBinary b;
    ERL_NIF_TERM t;
    if (!enif_term_to_binary(env, argv[0], &b)) return ATOM("no");
    size_t used = enif_binary_to_term(env, b.data, b.size, &t, ERL_NIF_BIN2TERM_SAFE);
    size_t bad = enif_binary_to_term(env, b.data, b.size - 1, &t, 0);
    ERL_NIF_TERM r = enif_make_tuple4(env, enif_make_int(env, used == b.size),
                                      enif_make_ulong(env, bad), t, enif_make_binary(env, &b));
    return r;
}

NIF(iolist) {
    ErlNifBinary b;
    ERL_NIF_TERM t;
    if (!enif_inspect_iolist_as_binary(env, argv[0], &b)) return enif_make_badarg(env);
    memcpy(enif_make_new_binary(env, b.size, &t), b.data, b.size);
    return t;
}

NIF(sub) {
    int at, n;
    enif_get_int(env, argv[1], &at);
    enif_get_int(env, argv[2], &n);
    return enif_make_sub_binary(env, argv[0], at, n);
}

NIF(uniq) {
    int f;
    enif_get_int(env, argv[0], &f);
    return enif_make_unique_integer(env, f);
}

static ErlNifTimeUnit unit(ErlNifEnv *env, ERL_NIF_TERM t) {
    char buf[10];
    enif_get_atom(env, t, buf, sizeof buf, ERL_NIF_LATIN1);
    return !strcmp(buf, "sec")    ? ERL_NIF_SEC
           : !strcmp(buf, "msec") ? ERL_NIF_MSEC
           : !strcmp(buf, "nsec") ? ERL_NIF_NSEC
                                  : 9;
}
NIF(convert) {
    ErlNifSInt64 n;
    enif_get_int64(env, argv[0], &n);
    return enif_make_int64(env, enif_convert_time_unit(n, unit(env, argv[1]), unit(env, argv[2])));
}

NIF(exists) {
    char buf[50];
    ERL_NIF_TERM t = ATOM("no");
    enif_get_string(env, argv[0], buf, sizeof buf, ERL_NIF_LATIN1);
    int n = enif_make_existing_atom(env, buf, &t, ERL_NIF_LATIN1);
    return enif_make_tuple2(env, enif_make_int(env, n), t);
}

NIF(doubled) {
    ERL_NIF_TERM list = argv[0], head, r = enif_make_list(env, 0);
    int n;
    while (enif_get_list_cell(env, list, &head, &list)) {
        enif_get_int(env, head, &n);
        r = enif_make_list_cell(env, enif_make_int(env, 2 * n), r);
    }
    enif_make_reverse_list(env, r, &r);
    return r;
}

NIF(is_there) {
    ErlNifPid pid, self;
    if (!enif_get_local_pid(env, argv[0], &pid)) return enif_make_badarg(env);
    enif_self(env, &self);
    return enif_make_tuple3(env, enif_make_int(env, enif_is_process_alive(env, &pid)),
                            enif_make_int(env, enif_compare_pids(&pid, &self) == 0),
                            enif_make_int(env, enif_is_current_process_alive(env)));
}

static ErlNifFunc functions[] = {
    {"ints", 1, ints},       {"kinds", 1, kinds},
    {"tuple", 2, tuple},     {"list", 1, list},
    {"rev", 1, rev},         {"text", 1, text},
    {"atom", 1, atom},       {"fail", 1, fail},
    {"bin", 1, bin},         {"up", 1, up},
    {"many", 9, many},       {"copy", 1, copy},
    {"compare", 2, compare}, {"printed", 1, printed},
    {"priv", 0, priv},       {"slow", 1, slow},
    {"dirty", 2, dirty},     {"where", 0, where, ERL_NIF_DIRTY_JOB_CPU_BOUND},
    {"sum", 2, sum},         {"map", 1, map},
    {"walk", 1, walk},       {"hash", 1, hash},
    {"etf", 1, etf},         {"iolist", 1, iolist},
    {"sub", 3, sub},         {"uniq", 1, uniq},
    {"convert", 3, convert}, {"exists", 1, exists},
    {"doubled", 1, doubled}, {"is_there", 1, is_there},
};
ERL_NIF_INIT(basic, functions, load, NULL, NULL, NULL)
