/* json.c: see json.h. */
#include "base/json.h"

static void separate(Json *j) {
    if (!j->open && !j->named && j->text.count) text_str(&j->text, ",");
    j->open = false;
    j->named = false;
}

void json_begin(Json *j, char bracket) {
    separate(j);
    text_put(&j->text, &bracket, 1);
    j->open = true;
}

void json_end(Json *j, char bracket) {
    text_put(&j->text, &bracket, 1);
    j->open = false;
}

/* How many bytes the character takes that begins here; 0: it is none. */
static size_t utf8_len(const uint8_t *at) {
    if (at[0] < 0x80) return 1;
    size_t len = at[0] >= 0xc2 && at[0] < 0xe0 ? 2 : at[0] >= 0xe0 && at[0] < 0xf0 ? 3 : 4;
    if (at[0] < 0xc2 || at[0] > 0xf4) return 0;
    for (size_t i = 1; i < len; i++)
        if ((at[i] & 0xc0) != 0x80) return 0;
    bool wide = (at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xed && at[1] > 0x9f) ||
                (at[0] == 0xf0 && at[1] < 0x90) || (at[0] == 0xf4 && at[1] > 0x8f);
    return wide ? 0 : len;
}

static void quoted(Text *out, const char *text) {
    text_str(out, "\"");
    const uint8_t *at = (const uint8_t *)text;
    while (*at) {
        size_t len = utf8_len(at);
        if (len == 0)
            text_str(out, "\\ufffd");
        else if (*at == '"' || *at == '\\')
            text_add(out, "\\%c", *at);
        else if (*at == '\n')
            text_str(out, "\\n");
        else if (*at < 0x20 || *at == 0x7f)
            text_add(out, "\\u%04x", *at);
        else
            text_put(out, (const char *)at, len);
        at += len ? len : 1;
    }
    text_str(out, "\"");
}

void json_key(Json *j, const char *name) {
    separate(j);
    quoted(&j->text, name);
    text_str(&j->text, ":");
    j->named = true;
}

void json_string(Json *j, const char *text) {
    separate(j);
    quoted(&j->text, text);
}

void json_number(Json *j, uint64_t n) {
    separate(j);
    text_add(&j->text, "%llu", (unsigned long long)n);
}

void json_bool(Json *j, bool b) {
    separate(j);
    text_str(&j->text, b ? "true" : "false");
}

void json_string_of(Json *j, const char *name, const char *text) {
    json_key(j, name);
    json_string(j, text);
}

void json_number_of(Json *j, const char *name, uint64_t n) {
    json_key(j, name);
    json_number(j, n);
}

void json_bool_of(Json *j, const char *name, bool b) {
    json_key(j, name);
    json_bool(j, b);
}
