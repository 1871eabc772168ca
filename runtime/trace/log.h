/* log.h: the last calls of a process: process_flag(save_calls, N). */
#pragma once
#include "abi/traced.h"
#include "proc/proc.h"

typedef struct CallLog { /* ProcRest.calls, malloc'd; a ring */
    uint32_t room, next, n;
    struct {
        Term module, name; /* module BRC_NONE: name is send, receive or timeout */
        uint32_t arity;
    } at[];
} CallLog;

void brc_calls_start_log(void);
void brc_calls_log(ProcRest *r, const TracedFn *fn);
