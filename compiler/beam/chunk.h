/* chunk.h: the FOR1 container: which chunks a file has and where. */
#pragma once
#include "beam/beam.h"
#include "beam/reader.h"

typedef enum ChunkId {
    CHUNK_ATU8,
    CHUNK_ATOM,
    CHUNK_CODE,
    CHUNK_STRT,
    CHUNK_IMPT,
    CHUNK_EXPT,
    CHUNK_LOCT,
    CHUNK_FUNT,
    CHUNK_LITT,
    CHUNK_LINE,
    CHUNK_TYPE,
    CHUNK_ATTR,
    CHUNK_CINF,
    CHUNK_META,
    CHUNK_RECS,
    CHUNK_DBGB,
    CHUNK_COUNT
} ChunkId;

/* What one reading carries from step to step. */
typedef struct Load {
    ReadFail fail;
    BeamFile *file;
    Reader chunks[CHUNK_COUNT];
    bool has[CHUNK_COUNT];
    bool types_known; /* there is a Type chunk of a known version */
    bool lines_known; /* the same of Line */
} Load;

/* Gives has and chunks, and the file's bytes unpacked where they were gzip'd. */
void chunk_find_all(Load *l);
/* The chunk's reader; fails where the file has none. */
Reader *chunk_must(Load *l, ChunkId id);
/* The checksum that code:module_md5/1 counts. Needs chunk_find_all. */
void chunk_checksum(Load *l);
