/* zone.h: dates and times of day in UTC and in the system's time zone, without the C library's,
 * which bring scanning, locales and streams into a program. Seconds count from 1970, as POSIX has
 * them. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

typedef struct Civil {
    int64_t year;
    int month, day, hour, minute, second; /* from 1, from 1, from 0... */
} Civil;

int64_t brc_proc_civil_seconds(const Civil *c);
Civil brc_proc_civil(int64_t seconds);

/* -- a zone -- */
typedef struct ZoneOffset {
    int seconds; /* east of Greenwich */
    bool is_dst;
} ZoneOffset;

typedef struct ZoneDay { /* M: the week-th (5: last) weekday of a month; J: 1 to 365, without 29
                            February; 0: 0 to 365 */
    char kind;
    int month, week, day, time; /* time: seconds after the beginning of the day */
} ZoneDay;

typedef struct ZoneRule { /* as TZ may hold it: "CET-1CEST,M3.5.0,M10.5.0/3" */
    bool has_dst;
    ZoneOffset standard, summer;
    ZoneDay begin, end;
} ZoneRule;

typedef struct Zone {
    int64_t *changes; /* ascending */
    uint8_t *kinds;   /* which offset each begins */
    ZoneOffset *offsets;
    uint32_t count, offset_count;
    bool has_rule; /* for what is behind the last change */
    ZoneRule rule;
} Zone;

/* false: no rule. */
bool brc_proc_zone_rule(const char *text, ZoneRule *rule);
ZoneOffset brc_proc_zone_by_rule(const ZoneRule *rule, int64_t seconds);
/* Of the bytes of a TZif file (RFC 8536), which are copied. false: no such file. */
bool brc_proc_zone_read(const uint8_t *bytes, uint64_t n, Zone *zone);
ZoneOffset brc_proc_zone_at(const Zone *zone, int64_t seconds);
/* Local time to seconds. dst: 1, 0, or -1 for whatever holds; *guess, at first 0, is the offset
 * found last, and tells which of two is meant where clocks were set back. false: there is none. */
bool brc_proc_zone_seconds(const Zone *zone, const Civil *local, int dst, _Atomic(int64_t) *guess,
                           int64_t *seconds);

/* -- the system's: what TZ names, or else /etc/localtime -- */
Civil brc_proc_local(int64_t seconds);
/* Read at the first call, and where `again`, if TZ or the file has changed. Any thread. */
const Zone *brc_proc_zone(bool again);
