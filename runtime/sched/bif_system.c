/* bif_system.c: erlang:system_info/1, system_flag/2. What has no counterpart here is answered as a
 * stock emulator would. */
#include "abi/bif.h"
#include "abi/natives.h"
#include "abi/program.h"
#include "base/format.h"
#include "code/builtins.h"
#include "code/trace.h"
#include "ctx/fail.h"
#include "proc/clock.h"
#include "proc/text.h"
#include "sched/dirty.h"
#include "sched/msacc.h"
#include "sig/sequential.h"
#include "sched/stats.h"
#include "sig/signal.h"
#include "term/atom.h"
#include "term/int.h"
#include "term/map.h"
#include <stdlib.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

Term (*brc_sched_check_io)(Proc *p);

static Term pair(Proc *p, Term a, Term b) {
    return term_tuple2(brc_ctx_alloc(p, 3), a, b);
}
static Term cons(Proc *p, Term a, Term b) {
    return term_cons(brc_ctx_alloc(p, 2), a, b);
}

/* ---- constants ---- */
static Term number_item(Term item) {
    static const struct {
        Term item;
        int64_t value;
    } numbers[] = {
        {AM(port_limit), 65536},
        {AM(ets_limit), 8192},
        {AM(wordsize), 8},
        {AM(creation), 0},
        {AM(thread_pool_size), 1},
        {AM(async_threads), 1},
        {AM(dist_buf_busy_limit), 1048576},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (numbers[i].item == item) return BRC_SMALL(numbers[i].value);
    return BRC_NONE;
}

static Term atom_item(Term item) {
    static const struct {
        Term item, value;
    } atoms[] = {
        {AM(threads), AM(true)},
        {AM(beam_jump_table), AM(true)},
        {AM(smp_support), AM(true)},
        {AM(kernel_poll), AM(true)},
        {AM(heap_type), AM(private)},
        {AM(emu_type), AM(opt)},
        {AM(build_type), AM(opt)},
        {AM(emu_flavor), AM(jit)},
        {AM(time_correction), AM(true)},
        {AM(time_warp_mode), AM(no_time_warp)},
        {AM(time_offset), AM(final)},
        {AM(tolerant_timeofday), AM(enabled)},
        {AM(debug_compiled), AM(false)},
        {AM(lock_checking), AM(false)},
        {AM(lock_counting), AM(false)},
        {AM(port_parallelism), AM(false)},
        {AM(scheduler_bind_type), AM(unbound)},
        {AM(cpu_topology), AM(undefined)},
        {AM(dynamic_trace), AM(none)},
        {AM(dynamic_trace_probes), AM(false)},
        {AM(message_queue_data), AM(on_heap)},
        {AM(modified_timing_level), AM(undefined)},
        {AM(allocator), AM(undefined)},
        {AM(ets_always_compress), AM(false)},
        {AM(break_ignored), AM(true)},
    };
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (item == AM(endian)) return AM(little);
#else
    if (item == AM(endian)) return AM(big);
#endif
    for (size_t i = 0; i < sizeof atoms / sizeof *atoms; i++)
        if (atoms[i].item == item) return atoms[i].value;
    return BRC_NONE;
}

/* ---- texts ---- */
static Term text_item(Proc *p, Term item) {
    char text[160];
    int release = (int)term_small(brc_program.otp_release);
    if (item == AM(machine)) return brc_proc_string_ascii(p, "BEAM");
    if (item == AM(nif_version)) return brc_proc_string_ascii(p, "2.16");
    if (item == AM(driver_version)) return brc_proc_string_ascii(p, "3.3");
    if (item == AM(version)) { /* of the emulator: its major number is 12 behind the release's */
        brc_base_format(text, sizeof text, "%d.1", release - 12);
    } else if (item == AM(otp_release)) {
        brc_base_format(text, sizeof text, "%d", release);
    } else if (item == AM(system_architecture)) {
#if defined(__x86_64__)
        brc_base_format(text, sizeof text, "x86_64-pc-linux-gnu");
#else
        brc_base_format(text, sizeof text, "aarch64-unknown-linux-gnu");
#endif
    } else if (item == AM(system_version)) {
        brc_base_format(text, sizeof text,
                        "Erlang/OTP %d [erts-%d.1] [source] [64-bit] [smp:%u:%u] [beamrc]\n",
                        release, release - 12, brc_sched_threads(), brc_sched_online());
    } else {
        return BRC_NONE;
    }
    return brc_proc_string_ascii(p, text);
}

static Term os_version(Proc *p) {
    struct utsname u;
    unsigned long v[3] = {0, 0, 0};
    char *at = uname(&u) == 0 ? u.release : "";
    for (int i = 0; i < 3 && *at >= '0' && *at <= '9'; i++) {
        v[i] = (unsigned long)strtol(at, &at, 10);
        if (*at == '.') at++;
    }
    return term_tuple3(brc_ctx_alloc(p, 4), BRC_SMALL(v[0]), BRC_SMALL(v[1]), BRC_SMALL(v[2]));
}

static Term processors(Term item) {
    if (item == AM(logical_processors)) return BRC_SMALL(sysconf(_SC_NPROCESSORS_CONF));
    if (item == AM(logical_processors_online)) return BRC_SMALL(sysconf(_SC_NPROCESSORS_ONLN));
    return BRC_SMALL(brc_sched_processors());
}

/* ---- heaps ---- */
static Term max_heap(Proc *p) {
    Term pairs[] = {AM(size),         BRC_SMALL(brc_proc_defaults.max_heap_words),
                    AM(kill),         term_bool(brc_proc_defaults.max_heap_kill),
                    AM(error_logger), term_bool(brc_proc_defaults.max_heap_log)};
    return brc_term_map_from_pairs(p, pairs, 3);
}

static Term heap_value(Proc *p, Term item) {
    const ProcDefaults *d = &brc_proc_defaults;
    if (item == AM(min_heap_size)) return BRC_SMALL(d->min_heap_words);
    if (item == AM(min_bin_vheap_size)) return BRC_SMALL(d->min_vheap_bytes / sizeof(Term));
    if (item == AM(fullsweep_after)) return BRC_SMALL(d->fullsweep_after);
    if (item == AM(max_heap_size)) return max_heap(p);
    return BRC_NONE;
}

static Term heap_item(Proc *p, Term item) {
    static const Term all[] = {AM(fullsweep_after), AM(min_heap_size), AM(min_bin_vheap_size),
                               AM(max_heap_size)};
    Term value = heap_value(p, item);
    if (value != BRC_NONE) return pair(p, item, value);
    if (item == AM(garbage_collection)) {
        Term list = BRC_NIL;
        for (size_t i = 0; i < sizeof all / sizeof *all; i++)
            list = cons(p, pair(p, all[i], heap_value(p, all[i])), list);
        return list;
    }
    if (item == AM(heap_sizes)) {
        size_t sizes[256], n = 0;
        for (size_t w = 0; w < UINT64_C(1) << 50 && n < 256; n++)
            sizes[n] = w = brc_heap_next_size(w + 1);
        Term list = BRC_NIL;
        while (n > 0)
            list = cons(p, BRC_SMALL(sizes[--n]), list);
        return list;
    }
    return BRC_NONE;
}

/* ---- the rest ---- */
static Term clock_source(Proc *p, const char *function, Term clock_id) {
    struct timespec r;
    clock_getres(CLOCK_MONOTONIC, &r);
    Term id = pair(p, AM(clock_id), clock_id);
    Term name = pair(p, AM(function), brc_term_atom_intern(function, strlen(function)));
    Term resolution = pair(p, AM(resolution), BRC_SMALL(1000000000 / (r.tv_nsec ? r.tv_nsec : 1)));
    return cons(p, name, cons(p, id, cons(p, resolution, BRC_NIL)));
}

static Term state_of(Proc *p, Term kind, uint32_t all, uint32_t online, uint32_t active) {
    Term *t = brc_ctx_alloc(p, 5);
    t[1] = kind, t[2] = BRC_SMALL(all), t[3] = BRC_SMALL(online), t[4] = BRC_SMALL(active);
    return term_tuple_begin(t, 4);
}

/* [{What, Bytes}] of what is there as such. */
static Term allocated_areas(Proc *p) {
    Term list = cons(p, pair(p, AM(binary), BRC_SMALL(brc_ctx_sharedbin_bytes())), BRC_NIL);
    if (!brc_sched_ets_bytes) return list;
    return cons(p, pair(p, AM(ets), BRC_SMALL(brc_sched_ets_bytes())), list);
}

static Term all_schedulers(Proc *p) {
    uint32_t io = brc_sched_dirty_io(), cpu_online = brc_sched_dirty_cpu_online();
    bool out = brc_sched_dirty_blocked(); /* none of the pools' threads begins a call */
    Term last = cons(p, state_of(p, AM(dirty_io), io, io, out ? 0 : io), BRC_NIL);
    Term cpu = state_of(p, AM(dirty_cpu), brc_sched_dirty_cpu(), cpu_online, out ? 0 : cpu_online);
    Term first =
        state_of(p, AM(normal), brc_sched_threads(), brc_sched_online(), brc_sched_active());
    return cons(p, first, cons(p, cpu, last));
}

static Term schedulers_item(Proc *p, Term item) {
    uint32_t all = brc_sched_threads(), online = brc_sched_online();
    if (item == AM(schedulers) || item == AM(run_queues)) return BRC_SMALL(all);
    if (item == AM(schedulers_online)) return BRC_SMALL(online);
    if (item == AM(dirty_cpu_schedulers)) return BRC_SMALL(brc_sched_dirty_cpu());
    if (item == AM(dirty_cpu_schedulers_online)) return BRC_SMALL(brc_sched_dirty_cpu_online());
    if (item == AM(dirty_io_schedulers)) return BRC_SMALL(brc_sched_dirty_io());
    if (item == AM(schedulers_active)) return BRC_SMALL(brc_sched_active());
    if (item == AM(scheduler_id)) return BRC_SMALL(p->rest->sched->id);
    if (item == AM(multi_scheduling)) return brc_sched_multi_scheduling();
    if (item == AM(multi_scheduling_blockers)) return brc_sched_blockers(p);
    if (item == AM(schedulers_state))
        return term_tuple3(brc_ctx_alloc(p, 4), BRC_SMALL(all), BRC_SMALL(online),
                           BRC_SMALL(brc_sched_active()));
    if (item == AM(trace_control_word)) return BRC_SMALL(atomic_load(&brc_sig_trace_word));
    if (item == AM(sequential_tracer)) return pair(p, item, brc_sig_seq_tracer());
    if (item == AM(allocated_areas)) return allocated_areas(p);
    if (item == AM(all_schedulers_state)) return all_schedulers(p);
    if (item == AM(scheduler_bindings)) {
        Term *t = brc_ctx_alloc(p, 1 + (size_t)all);
        for (uint32_t i = 1; i <= all; i++)
            t[i] = AM(unbound);
        return term_tuple_begin(t, all);
    }
    return BRC_NONE;
}

/* {memory_internal, Ref, Allocators}: {Ref, Thread, [{Allocator, false}]} comes as a message, for
 * there are none of stock's allocators. */
static Term memory_of(Proc *p, Term ref, Term allocators) {
    Term list = BRC_NIL;
    for (; term_is_cons(allocators); allocators = term_tail(allocators))
        list = cons(p, pair(p, term_head(allocators), AM(false)), list);
    if (allocators != BRC_NIL || !term_is_ref(ref)) return BRC_NONE;
    Term message = term_tuple3(brc_ctx_alloc(p, 4), ref, BRC_SMALL(p->rest->sched->id), list);
    brc_sig_send_message(proc_pid(p), message);
    return AM(true);
}

/* [{Name, Made by, Functions}] */
static Term atomics_info(Proc *p) {
    static const char *const rows[][2] = {{"Double word native atomics", "no"},
                                          {"64-bit native atomics", "C11"},
                                          {"32-bit native atomics", "C11"}};
    Term list = BRC_NIL;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Term name = brc_proc_string_ascii(p, rows[i][0]), by = brc_proc_string_ascii(p, rows[i][1]);
        list = cons(p, term_tuple3(brc_ctx_alloc(p, 4), name, by, BRC_NIL), list);
    }
    return list;
}

static Term other_item(Proc *p, Term item) {
    if (item == AM(port_count)) return BRC_SMALL(brc_proc_port_count());
    if (item == AM(process_count)) return BRC_SMALL(brc_proc_count());
    if (item == AM(atom_count)) return BRC_SMALL(brc_term_atom_count());
    if (item == AM(atom_limit)) return BRC_SMALL(brc_term_atom_limit);
    if (item == AM(system_logger)) return brc_proc_system_logger();
    if (item == AM(alloc_util_allocators)) return BRC_NIL;
    if (item == AM(check_io)) return brc_sched_check_io ? brc_sched_check_io(p) : BRC_NIL;
    if (item == AM(ets_count)) return BRC_SMALL(brc_sched_ets_count ? brc_sched_ets_count() : 0);
    if (item == AM(process_limit)) return BRC_SMALL(brc_proc_limit());
    if (item == AM(os_type)) return pair(p, AM(unix), AM(linux));
    if (item == AM(os_version)) return os_version(p);
    if (item == AM(start_time)) return brc_term_int_from_u64(p, brc_sched_started_ns());
    if (item == AM(end_time)) return brc_term_int_from_i64(p, INT64_MAX);
    if (item == AM(context_reductions)) return BRC_SMALL(BRC_TURN_REDUCTIONS);
    if (item == AM(compat_rel)) return brc_program.otp_release;
    if (item == AM(update_cpu_info))
        return brc_sched_processors_changed() ? AM(changed) : AM(unchanged);
    if (item == AM(logical_processors) || item == AM(logical_processors_online) ||
        item == AM(logical_processors_available))
        return processors(item);
    if (item == AM(cpu_quota)) return AM(unknown);
    if (item == AM(ethread_info)) return atomics_info(p);
    if (item == AM(os_monotonic_time_source))
        return clock_source(p, "clock_gettime", brc_term_atom_intern("CLOCK_MONOTONIC", 15));
    if (item == AM(os_system_time_source))
        return clock_source(p, "clock_gettime", brc_term_atom_intern("CLOCK_REALTIME", 14));
    if (item == AM(c_compiler_used)) {
        Term v = term_tuple3(brc_ctx_alloc(p, 4), BRC_SMALL(__clang_major__),
                             BRC_SMALL(__clang_minor__), BRC_SMALL(__clang_patchlevel__));
        return pair(p, AM(clang), v);
    }
    if (item == AM(snifs)) return brc_code_builtins(p);
    if (item == AM(backtrace_depth)) return BRC_SMALL(brc_code_backtrace_depth);
    if (term_is_tuple_of(item, 2) && term_tuple_elements(item)[0] == AM(allocator_sizes))
        return BRC_NIL; /* there are none of stock's allocators */
    if (term_is_tuple_of(item, 2) && term_tuple_elements(item)[0] == AM(wordsize)) {
        Term kind = term_tuple_elements(item)[1];
        if (kind == AM(internal) || kind == AM(external)) return BRC_SMALL(8);
    }
    if (term_is_tuple_of(item, 3) && term_tuple_elements(item)[0] == AM(memory_internal))
        return memory_of(p, term_tuple_elements(item)[1], term_tuple_elements(item)[2]);
    if (term_is_tuple_of(item, 2) && term_tuple_elements(item)[0] == AM(cpu_topology)) {
        Term which = term_tuple_elements(item)[1];
        if (which == AM(defined) || which == AM(detected) || which == AM(used))
            return AM(undefined);
    }
    return BRC_NONE;
}

/* Modules that have loaded NIFs. */
static Term tainted(Proc *p) {
    Term list = BRC_NIL;
    for (const NativeModule *m = brc_program_natives; m && m->name; m++)
        if (m->tainted) list = term_cons(brc_ctx_alloc(p, 2), m->name, list);
    return brc_nif_loaded_taints(p, list);
}
__attribute__((weak)) Term brc_nif_loaded_taints(Proc *p, Term list) {
    (void)p;
    return list;
}

Term brc_bif_erlang_system_info_1(Proc *p, Term item) {
    if (item == AM(taints)) return tainted(p);
    Term value = number_item(item);
    if (value == BRC_NONE) value = atom_item(item);
    if (value == BRC_NONE) value = schedulers_item(p, item);
    if (value == BRC_NONE) value = other_item(p, item);
    if (value == BRC_NONE) value = heap_item(p, item);
    if (value == BRC_NONE) value = text_item(p, item);
    if (value == BRC_NONE) value = brc_sched_report(p, item);
    return value == BRC_NONE ? brc_ctx_badarg(p) : value;
}

/* ---- system_flag ---- */
static bool word_flag(Term value, uint32_t *to) {
    if (!term_is_small(value) || term_small(value) < 0 || term_small(value) > INT32_MAX)
        return false;
    *to = (uint32_t)term_small(value);
    return true;
}

/* The pool for work keeps its proportion to the schedulers. */
static void set_online(uint32_t n) {
    uint64_t dirty = (uint64_t)brc_sched_dirty_cpu_online() * n / brc_sched_online();
    uint32_t most = n < brc_sched_dirty_cpu() ? n : brc_sched_dirty_cpu();
    brc_sched_set_threads(brc_sched_threads(), n);
    brc_sched_set_dirty_online(dirty < 1 ? 1 : dirty > most ? most : (uint32_t)dirty);
}

static Term set_system_flag(Proc *p, Term flag, Term value, bool *known) {
    *known = true;
    ProcDefaults *d = &brc_proc_defaults;
    Term old = heap_value(p, flag);
    uint32_t n;
    if (flag == AM(min_heap_size)) {
        if (!word_flag(value, &n)) return BRC_NONE;
        d->min_heap_words = (uint32_t)brc_heap_next_size(n);
        return old;
    }
    if (flag == AM(fullsweep_after)) return word_flag(value, &d->fullsweep_after) ? old : BRC_NONE;
    if (flag == AM(min_bin_vheap_size)) {
        if (!word_flag(value, &n)) return BRC_NONE;
        d->min_vheap_bytes = (uint64_t)n * sizeof(Term);
        return old;
    }
    if (flag == AM(max_heap_size)) {
        SpawnOptions o = brc_proc_default_options;
        if (!brc_sig_max_heap_of(value, &o)) return BRC_NONE;
        d->max_heap_words = (uint64_t)o.max_heap_words;
        if (o.max_heap_kill >= 0) d->max_heap_kill = (uint8_t)o.max_heap_kill;
        if (o.max_heap_log >= 0) d->max_heap_log = (uint8_t)o.max_heap_log;
        return old;
    }
    if (flag == AM(backtrace_depth)) {
        old = BRC_SMALL(brc_code_backtrace_depth);
        if (!word_flag(value, &n)) return BRC_NONE;
        brc_code_backtrace_depth = n > BRC_TRACE_DEPTH_MAX ? BRC_TRACE_DEPTH_MAX : n;
        return old;
    }
    if (flag == AM(schedulers_online)) {
        old = BRC_SMALL(brc_sched_online());
        if (!word_flag(value, &n) || n < 1 || n > brc_sched_threads()) return BRC_NONE;
        set_online(n);
        return old;
    }
    if (flag == AM(dirty_cpu_schedulers_online)) {
        old = BRC_SMALL(brc_sched_dirty_cpu_online());
        if (!word_flag(value, &n) || n < 1 || n > brc_sched_dirty_cpu() || n > brc_sched_online())
            return BRC_NONE;
        brc_sched_set_dirty_online(n);
        return old;
    }
    if (flag == AM(scheduler_wall_time)) {
        if (value != AM(true) && value != AM(false)) return BRC_NONE;
        return term_bool(atomic_exchange(&brc_sched_wall_time, value == AM(true)));
    }
    if (flag == AM(sequential_tracer)) return brc_sig_seq_set_tracer(value);
    if (flag == AM(reset_seq_trace)) {
        if (value != AM(true)) return BRC_NONE;
        brc_sig_seq_reset(p);
        return AM(true);
    }
    if (flag == AM(microstate_accounting)) return brc_sched_msacc_set(p, value);
    if (flag == AM(multi_scheduling)) return brc_sched_set_multi_scheduling(p, value);
    if (flag == AM(time_offset)) return value == AM(finalize) ? AM(final) : BRC_NONE;
    if (flag == AM(trace_control_word)) {
        if (!term_is_small(value) || term_small(value) < 0 || term_small(value) > UINT32_MAX)
            return BRC_NONE;
        return BRC_SMALL(atomic_exchange(&brc_sig_trace_word, term_small(value)));
    }
    if (flag == AM(system_logger)) return brc_proc_set_system_logger(value);
    *known = false;
    return BRC_NONE;
}

Term brc_bif_erlang_system_flag_2(Proc *p, Term flag, Term value) {
    bool known;
    Term old = set_system_flag(p, flag, value, &known);
    if (old != BRC_NONE) return old;
    return known ? brc_ctx_badarg(p) : brc_ctx_badarg_cause(p, AM(badopt));
}

/* What system_flag(scheduler_wall_time, Enable) leaves to the server that counts its users. */
Term brc_bif_erts_internal_scheduler_wall_time_1(Proc *p, Term enable) {
    bool known;
    Term old = set_system_flag(p, AM(scheduler_wall_time), enable, &known);
    return old == BRC_NONE ? brc_ctx_badarg(p) : old;
}

/* What becomes of warnings: they stay warnings, as without erl's flag +W. */
Term brc_bif_error_logger_warning_map_0(Proc *p) {
    (void)p;
    return AM(warning);
}

/* Nobody has asked to be told of slow processes or of the schedulers' doings. */
Term brc_bif_erlang_system_profile_0(Proc *p) {
    (void)p;
    return AM(undefined);
}

/* Threads that have memory of their own to tell of; see system_info's memory_internal. */
Term brc_bif_erts_internal_no_aux_work_threads_0(Proc *p) {
    (void)p;
    return BRC_SMALL(2);
}
