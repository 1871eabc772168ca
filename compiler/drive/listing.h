/* listing.h: what a program holds, carried in it for `beamrc inspect`. Lines of text:
 *
 *   beamrc VERSION        module NAME BYTES
 *   otp RELEASE           function NAME/ARITY BYTES     (of the module above)
 *   main M:F/A            runtime BYTES                 (C code, libraries and all)
 */
#pragma once
#include "drive/plan.h"

#define LISTING_SECTION ".beamrc"

/* From a linked image that still has its symbols. */
char *listing_make(const uint8_t *image, size_t size, const Plan *plan, const char *about);
Text listing_pack(const char *listing); /* compressed */
/* From a program; NULL: *error says what is wrong with the file. */
char *listing_read(const uint8_t *image, size_t size, const char **error);
