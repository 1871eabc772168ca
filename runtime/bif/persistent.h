/* persistent.h: what tests ask of the table of persistent terms. */
#pragma once
#include <stddef.h>

size_t brc_bif_persistent_slots(void);
