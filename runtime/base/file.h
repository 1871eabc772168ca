/* file.h: small files of the system's, as a whole. */
#pragma once
#include <stddef.h>

/* Of at most 4 MB: its bytes, a zero byte behind them, which the caller frees; *size, unless NULL:
 * without that one. NULL: it cannot be read. */
char *brc_base_file(const char *path, size_t *size);
