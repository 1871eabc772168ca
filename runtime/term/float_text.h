/* float_text.h: floats to text and back, laid out as OTP 25 lays them out. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#define BRC_FLOAT_TEXT_ROOM 256

/* Each writes to buf (BRC_FLOAT_TEXT_ROOM bytes) and gives the length, or 0 where the text with
 * its closing zero byte does not fit. d is finite. */
size_t brc_term_float_scientific(double d, int decimals, char *buf); /* d.ddde+dd */
size_t brc_term_float_fixed(double d, int decimals, bool compact, char *buf);
/* Fewest digits that read back as d; float_to_list's `short`. */
size_t brc_term_float_short(double d, char *buf);

/* Digits, '.' or ',', digits, perhaps an exponent; with or without a sign; up to a zero byte. text
 * may be changed. false: other syntax, or too large. */
bool brc_term_float_from_text(char *text, double *d);
