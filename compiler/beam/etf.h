/* etf.h: the external term format, as literals and attributes are stored. */
#pragma once
#include "beam/beam.h"
#include "beam/reader.h"

/* Reads one term, after its version byte 131. Terms that no module can hold (pids, ports,
 * references, closures) and nesting beyond ETF_MAX_DEPTH are refused. */
#define ETF_MAX_DEPTH 1000
Lit *etf_read(Reader *r);
/* The same from the version byte on; a compressed term is unpacked. */
Lit *etf_read_versioned(Reader *r);
/* The integer of that many big-endian two's complement bytes. */
Lit *etf_integer_bytes(const uint8_t *bytes, size_t size);
bool lit_equal(const Lit *a, const Lit *b); /* =:= for what a literal can be */
