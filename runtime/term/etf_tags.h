/* etf_tags.h: the bytes that begin each term in the external term format (erts, "External Term
 * Format"), and the format's limits. */
#pragma once

enum EtfTag {
    ETF_VERSION = 131,
    ETF_NEW_FLOAT = 70,
    ETF_BIT_BINARY = 77,
    ETF_COMPRESSED = 80,
    ETF_NEW_PID = 88,
    ETF_NEW_PORT = 89,
    ETF_NEWER_REFERENCE = 90,
    ETF_SMALL_INTEGER = 97,
    ETF_INTEGER = 98,
    ETF_FLOAT = 99,
    ETF_ATOM = 100,
    ETF_REFERENCE = 101,
    ETF_PORT = 102,
    ETF_PID = 103,
    ETF_SMALL_TUPLE = 104,
    ETF_LARGE_TUPLE = 105,
    ETF_NIL = 106,
    ETF_STRING = 107,
    ETF_LIST = 108,
    ETF_BINARY = 109,
    ETF_SMALL_BIG = 110,
    ETF_LARGE_BIG = 111,
    ETF_NEW_FUN = 112,
    ETF_EXPORT = 113,
    ETF_NEW_REFERENCE = 114,
    ETF_SMALL_ATOM = 115,
    ETF_MAP = 116,
    ETF_ATOM_UTF8 = 118,
    ETF_SMALL_ATOM_UTF8 = 119,
    ETF_V4_PORT = 120,
};
#define ETF_STRING_MAX     65535u
#define ETF_FLOAT_TEXT     31          /* bytes of a float written as text */
#define ETF_NEW_PORT_MAX   0x0FFFFFFFu /* larger port numbers take V4_PORT_EXT */
#define ETF_REF_WORDS_MAX  5u
#define ETF_REF_FIRST_BITS 18 /* of the first word of a local (or old) reference */
#define ETF_FREE_MAX       255u
