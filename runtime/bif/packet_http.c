/* packet_http.c: HTTP's lines and TLS records as terms:
 *
 *   {http_request, Method, Uri, Version}   {http_response, Version, Status, Phrase}
 *   {http_header, Number, Name, NameAsSent, Value}   http_eoh   {http_error, Line}
 *   {ssl_tls, [], ContentType, {Major, Minor}, Bytes}
 *
 * Well-known methods and header names are atoms, the latter numbered; the rest is text, as lists
 * or binaries. */
#include <strings.h>
#include "bif/packet.h"
#include "ctx/alloc.h"
#include "term/atom.h"
#include "term/bits.h"

/* The atom is found at the first use, by whoever comes first: for all the same. */
typedef struct Known {
    const char *text;
    size_t size;
    _Atomic(Term) atom; /* 0: not looked for yet */
} Known;
#define KNOWN(text) {text, sizeof text - 1, 0}

static Known methods[] = {KNOWN("OPTIONS"), KNOWN("GET"),    KNOWN("HEAD"), KNOWN("POST"),
                          KNOWN("PUT"),     KNOWN("DELETE"), KNOWN("TRACE")};
static Known headers[] = {/* numbered from 1 */
                          KNOWN("Cache-Control"),
                          KNOWN("Connection"),
                          KNOWN("Date"),
                          KNOWN("Pragma"),
                          KNOWN("Transfer-Encoding"),
                          KNOWN("Upgrade"),
                          KNOWN("Via"),
                          KNOWN("Accept"),
                          KNOWN("Accept-Charset"),
                          KNOWN("Accept-Encoding"),
                          KNOWN("Accept-Language"),
                          KNOWN("Authorization"),
                          KNOWN("From"),
                          KNOWN("Host"),
                          KNOWN("If-Modified-Since"),
                          KNOWN("If-Match"),
                          KNOWN("If-None-Match"),
                          KNOWN("If-Range"),
                          KNOWN("If-Unmodified-Since"),
                          KNOWN("Max-Forwards"),
                          KNOWN("Proxy-Authorization"),
                          KNOWN("Range"),
                          KNOWN("Referer"),
                          KNOWN("User-Agent"),
                          KNOWN("Age"),
                          KNOWN("Location"),
                          KNOWN("Proxy-Authenticate"),
                          KNOWN("Public"),
                          KNOWN("Retry-After"),
                          KNOWN("Server"),
                          KNOWN("Vary"),
                          KNOWN("Warning"),
                          KNOWN("Www-Authenticate"),
                          KNOWN("Allow"),
                          KNOWN("Content-Base"),
                          KNOWN("Content-Encoding"),
                          KNOWN("Content-Language"),
                          KNOWN("Content-Length"),
                          KNOWN("Content-Location"),
                          KNOWN("Content-Md5"),
                          KNOWN("Content-Range"),
                          KNOWN("Content-Type"),
                          KNOWN("Etag"),
                          KNOWN("Expires"),
                          KNOWN("Last-Modified"),
                          KNOWN("Accept-Ranges"),
                          KNOWN("Set-Cookie"),
                          KNOWN("Set-Cookie2"),
                          KNOWN("X-Forwarded-For"),
                          KNOWN("Cookie"),
                          KNOWN("Keep-Alive"),
                          KNOWN("Proxy-Connection")};
enum { NAME_MOST = 50 }; /* longer header names keep their case */

typedef struct Line {
    Proc *p;
    bool binaries;
    const uint8_t *at, *end; /* what is left of it */
} Line;

/* ---- small parts ---- */

static Term text(const Line *l, const uint8_t *b, size_t n) {
    if (l->binaries) return brc_term_bin_new(l->p, b, n);
    Term list = BRC_NIL;
    Term *cells = brc_ctx_alloc(l->p, 2 * n);
    for (size_t i = n; i-- != 0;)
        list = term_cons(cells + 2 * i, BRC_SMALL(b[i]), list);
    return list;
}

static int known(const Known *names, int count, const uint8_t *b, size_t n) {
    for (int i = 0; i < count; i++)
        if (names[i].size == n && names[i].text[0] == b[0] && memcmp(names[i].text, b, n) == 0)
            return i;
    return -1;
}

static Term atom_of(Known *k) {
    Term atom = atomic_load_explicit(&k->atom, memory_order_relaxed);
    if (atom) return atom;
    atom = brc_term_atom_intern(k->text, k->size);
    atomic_store_explicit(&k->atom, atom, memory_order_relaxed);
    return atom;
}

static bool blank(uint8_t c) {
    return c == ' ' || c == '\t';
}
static bool digit(uint8_t c) {
    return c >= '0' && c <= '9';
}
/* May c stand in a method or header name? */
static bool token(uint8_t c) {
    switch (c) {
    case '(':
    case ')':
    case '<':
    case '>':
    case '@':
    case ',':
    case ';':
    case ':':
    case '\\':
    case '"':
    case '/':
    case '[':
    case ']':
    case '?':
    case '=':
    case '{':
    case '}': return false;
    default: return c > 32 && c < 128;
    }
}

static bool skip_blanks(Line *l) {
    const uint8_t *from = l->at;
    while (l->at < l->end && blank(*l->at))
        l->at++;
    return l->at != from;
}

/* Digits as a number, wrapping in 32 bits; false: none. */
static bool number(Line *l, Term *n) {
    const uint8_t *from = l->at;
    uint32_t v = 0;
    while (l->at < l->end && digit(*l->at))
        v = 10 * v + (uint32_t)(*l->at++ - '0');
    *n = BRC_SMALL((int32_t)v);
    return l->at != from;
}

/* Digits, a point, digits: {Major, Minor}. */
static bool version(Line *l, Term *v) {
    Term major, minor;
    if (!number(l, &major) || l->at == l->end || *l->at++ != '.' || !number(l, &minor))
        return false;
    *v = term_tuple2(brc_ctx_alloc(l->p, 3), major, minor);
    return true;
}

static Term tuple(Proc *p, size_t n, const Term *elements) {
    Term *at = brc_ctx_alloc(p, 1 + n);
    memcpy(at + 1, elements, n * sizeof *at);
    return term_tuple_begin(at, n);
}

/* ---- resources ---- */

/* What follows the scheme: host, perhaps a port, a path. */
static Term absolute_uri(const Line *l, Term scheme, const uint8_t *b, size_t n) {
    const uint8_t *path = n == 0 ? NULL : memchr(b, '/', n), *end = path != NULL ? path : b + n;
    const uint8_t *colon = end == b ? NULL : memchr(b, ':', (size_t)(end - b));
    Term port = AM(undefined);
    if (colon != NULL) {
        Line digits = {l->p, false, colon + 1, end};
        Term value;
        number(&digits, &value);
        if (digits.at == end && value != BRC_SMALL(0)) port = value;
    }
    Term host = text(l, b, (size_t)((colon != NULL ? colon : end) - b));
    Term rest =
        path != NULL ? text(l, path, (size_t)(b + n - path)) : text(l, (const uint8_t *)"/", 1);
    return tuple(l->p, 5, (Term[]){AM(absoluteURI), scheme, host, port, rest});
}

static bool begins(const uint8_t *b, size_t n, const char *prefix) {
    size_t len = strlen(prefix);
    for (size_t i = 0; i < len; i++)
        if (i == n || (b[i] | (b[i] >= 'A' && b[i] <= 'Z' ? 32 : 0)) != prefix[i]) return false;
    return true;
}

static Term uri(const Line *l, const uint8_t *b, size_t n) {
    if (n == 1 && b[0] == '*') return AM(star);
    if (n <= 1 || b[0] == '/')
        return term_tuple2(brc_ctx_alloc(l->p, 3), AM(abs_path), text(l, b, n));
    if (begins(b, n, "http://")) return absolute_uri(l, AM(http), b + 7, n - 7);
    if (begins(b, n, "https://")) return absolute_uri(l, AM(https), b + 8, n - 8);
    const uint8_t *colon = memchr(b, ':', n);
    if (colon == NULL) return text(l, b, n);
    size_t scheme = (size_t)(colon - b);
    Term first = text(l, b, scheme), rest = text(l, colon + 1, n - scheme - 1);
    return tuple(l->p, 3, (Term[]){AM(scheme), first, rest});
}

/* ---- lines: BRC_NONE where they are wrong ---- */

static Term status_line(Line *l) {
    Term v, status;
    l->at += 5;
    if (!version(l, &v) || !skip_blanks(l)) return BRC_NONE;
    number(l, &status);
    if (!skip_blanks(l) && l->at != l->end) return BRC_NONE;
    Term phrase = text(l, l->at, (size_t)(l->end - l->at));
    return tuple(l->p, 4, (Term[]){AM(http_response), v, status, phrase});
}

static Term request_line(Line *l) {
    const uint8_t *method = l->at;
    while (l->at < l->end && token(*l->at))
        l->at++;
    size_t method_size = (size_t)(l->at - method);
    if (method_size == 0 || !skip_blanks(l)) return BRC_NONE;
    const uint8_t *resource = l->at;
    while (l->at < l->end && !blank(*l->at))
        l->at++;
    size_t resource_size = (size_t)(l->at - resource);
    if (resource_size == 0) return BRC_NONE;
    skip_blanks(l);
    Term v;
    if (l->at == l->end) {
        v = term_tuple2(brc_ctx_alloc(l->p, 3), BRC_SMALL(0), BRC_SMALL(9));
    } else {
        if (l->end - l->at < 8 || memcmp(l->at, "HTTP/", 5) != 0) return BRC_NONE;
        l->at += 5;
        if (!version(l, &v)) return BRC_NONE;
    }
    int i = known(methods, (int)(sizeof methods / sizeof *methods), method, method_size);
    Term name = i >= 0 ? atom_of(&methods[i]) : text(l, method, method_size);
    return tuple(l->p, 4, (Term[]){AM(http_request), name, uri(l, resource, resource_size), v});
}

/* The name with each word begun by a capital, the rest small. */
static void capitalise(uint8_t *to, const uint8_t *from, size_t n) {
    bool begin = true;
    for (size_t i = 0; i < n; i++) {
        uint8_t c = from[i];
        if (begin)
            to[i] = (uint8_t)(c >= 'a' && c <= 'z' ? c - 32 : c);
        else
            to[i] = (uint8_t)(c >= 'A' && c <= 'Z' ? c + 32 : c);
        begin = !begin && c == '-';
    }
}

static Term header_line(Line *l) {
    uint8_t adjusted[NAME_MOST];
    const uint8_t *sent = l->at, *name = sent;
    if (l->at == l->end) return AM(http_eoh);
    while (token(*l->at))
        if (++l->at == l->end) return BRC_NONE;
    if (*l->at != ':') return BRC_NONE;
    size_t n = (size_t)(l->at++ - sent);
    int i = -1;
    if (n <= NAME_MOST) {
        capitalise(adjusted, sent, n);
        name = adjusted;
        i = known(headers, (int)(sizeof headers / sizeof *headers), name, n);
    }
    skip_blanks(l);
    Term name_term = i >= 0 ? atom_of(&headers[i]) : text(l, name, n);
    Term sent_term = text(l, sent, n), value = text(l, l->at, (size_t)(l->end - l->at));
    return tuple(l->p, 5, (Term[]){AM(http_header), BRC_SMALL(i + 1), name_term, sent_term, value});
}

static Term http(Proc *p, bool header, bool binaries, const uint8_t *b, size_t n) {
    size_t ending = n >= 2 && b[n - 2] == '\r' ? 2 : n >= 1 && b[n - 1] == '\n' ? 1 : 0;
    Line l = {p, binaries, b, b + n - ending};
    Term t;
    if (header)
        t = header_line(&l);
    else
        t = n - ending >= 5 && memcmp(b, "HTTP/", 5) == 0 ? status_line(&l) : request_line(&l);
    if (t != BRC_NONE) return t;
    return term_tuple2(brc_ctx_alloc(p, 3), AM(http_error), text(&l, b, n));
}

/* ---- records ---- */

static Term record(Proc *p, const uint8_t *b, size_t n) {
    bool old = (b[0] & 0x80) != 0 && b[2] == 1; /* SSL 2's hello, given a TLS handshake's head */
    const uint8_t *v = old ? b + 3 : b + 1;
    size_t skip = old ? 3 : 5, head = old ? 4 : 0, size = n - skip;
    uint8_t *to;
    Term bytes = brc_term_bin_alloc(p, head + size, &to);
    if (old) {
        to[0] = 1;
        to[1] = (uint8_t)(size >> 16), to[2] = (uint8_t)(size >> 8), to[3] = (uint8_t)size;
    }
    memcpy(to + head, b + skip, size);
    Term ver = term_tuple2(brc_ctx_alloc(p, 3), BRC_SMALL(v[0]), BRC_SMALL(v[1]));
    Term type = BRC_SMALL(old ? 22 : b[0]);
    return tuple(p, 5, (Term[]){AM(ssl_tls), BRC_NIL, type, ver, bytes});
}

Term brc_bif_packet_term(Proc *p, enum PacketType type, const uint8_t *b, size_t n) {
    switch (type) {
    case BRC_PACKET_HTTP: return http(p, false, false, b, n);
    case BRC_PACKET_HTTP_BIN: return http(p, false, true, b, n);
    case BRC_PACKET_HTTPH: return http(p, true, false, b, n);
    case BRC_PACKET_HTTPH_BIN: return http(p, true, true, b, n);
    case BRC_PACKET_SSL_TLS: return record(p, b, n);
    default: return BRC_NONE;
    }
}
