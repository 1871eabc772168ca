/* json.h: JSON being written: values with the commas between them. */
#pragma once
#include "base/mem.h"

typedef struct Json {
    Text text;
    bool open;  /* nothing stands yet in the innermost list or object */
    bool named; /* its name has been written */
} Json;

void json_begin(Json *j, char bracket); /* '{' or '[' */
void json_end(Json *j, char bracket);
void json_key(Json *j, const char *name);
void json_string(Json *j, const char *text); /* bytes that are no UTF-8 become U+FFFD */
void json_number(Json *j, uint64_t n);
void json_bool(Json *j, bool b);
/* A name and its value. */
void json_string_of(Json *j, const char *name, const char *text);
void json_number_of(Json *j, const char *name, uint64_t n);
void json_bool_of(Json *j, const char *name, bool b);
