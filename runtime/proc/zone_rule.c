/* zone_rule.c: rules of time zones, as POSIX writes them in TZ and as they end TZif files. */
#include "proc/zone.h"
#include <stddef.h>

#define DAY 86400

/* ---- reading ---- */

static bool take(const char **at, char c) {
    if (**at != c) return false;
    ++*at;
    return true;
}

static bool number(const char **at, int most, int *to) {
    int n = 0;
    if (**at < '0' || **at > '9') return false;
    for (; **at >= '0' && **at <= '9' && n <= most; ++*at)
        n = n * 10 + (**at - '0');
    *to = n;
    return n <= most;
}

static bool is_letter(char c) {
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool name(const char **at) {
    const char *start = *at;
    if (take(at, '<')) {
        while (is_letter(**at) || (**at >= '0' && **at <= '9') || **at == '+' || **at == '-')
            ++*at;
        return *at - start > 3 && take(at, '>');
    }
    while (is_letter(**at))
        ++*at;
    return *at - start >= 3;
}

/* [+-]hours[:minutes[:seconds]] */
static bool clock_time(const char **at, int most_hours, int *to) {
    int sign = take(at, '-') ? -1 : (take(at, '+'), 1), h, m = 0, s = 0;
    if (!number(at, most_hours, &h)) return false;
    if (take(at, ':') && !number(at, 59, &m)) return false;
    if (take(at, ':') && !number(at, 59, &s)) return false;
    *to = sign * (h * 3600 + m * 60 + s);
    return true;
}

static bool day(const char **at, ZoneDay *d) {
    *d = (ZoneDay){.kind = '0', .time = 2 * 3600};
    if (take(at, 'M')) {
        d->kind = 'M';
        if (!number(at, 12, &d->month) || !take(at, '.') || !number(at, 5, &d->week) ||
            !take(at, '.') || !number(at, 6, &d->day) || d->month < 1 || d->week < 1)
            return false;
    } else {
        if (take(at, 'J')) d->kind = 'J';
        if (!number(at, 365, &d->day) || (d->kind == 'J' && d->day < 1)) return false;
    }
    return !take(at, '/') || clock_time(at, 167, &d->time);
}

bool brc_proc_zone_rule(const char *text, ZoneRule *rule) {
    const char *usual = ",M3.2.0,M11.1.0", *at = text;
    int west = 0;
    *rule = (ZoneRule){.has_dst = false};
    if (!name(&at) || !clock_time(&at, 24, &west)) return false;
    rule->standard.seconds = -west;
    if (!*at) return true;
    if (!name(&at)) return false;
    rule->has_dst = true;
    west -= 3600;
    if (*at && *at != ',' && !clock_time(&at, 24, &west)) return false;
    rule->summer = (ZoneOffset){-west, true};
    if (!*at) at = usual;
    return take(&at, ',') && day(&at, &rule->begin) && take(&at, ',') && day(&at, &rule->end) &&
           !*at;
}

/* ---- using ---- */

static bool is_leap(int64_t year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* In seconds from the beginning of its year, as if local time were UTC. */
static int64_t place(const ZoneDay *d, int64_t year) {
    if (d->kind != 'M') {
        int n = d->kind == '0' ? d->day : d->day - 1 + (is_leap(year) && d->day >= 60);
        return (int64_t)n * DAY + d->time;
    }
    static const int8_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    Civil first = {year, d->month, 1, 0, 0, 0}, january = {year, 1, 1, 0, 0, 0};
    int64_t start = brc_proc_civil_seconds(&first);
    int weekday = (int)(((start / DAY - (start % DAY < 0) + 4) % 7 + 7) % 7);
    int n = (d->day - weekday + 7) % 7 + 7 * (d->week - 1);
    if (n >= lengths[d->month - 1] + (d->month == 2 && is_leap(year))) n -= 7;
    return start - brc_proc_civil_seconds(&january) + (int64_t)n * DAY + d->time;
}

ZoneOffset brc_proc_zone_by_rule(const ZoneRule *rule, int64_t seconds) {
    if (!rule->has_dst) return rule->standard;
    int64_t year = brc_proc_civil(seconds).year;
    Civil first = {
        year > 1970 ? year : 1970, 1, 1, 0, 0, 0}; /* earlier ones are as the C library's */
    int64_t january = brc_proc_civil_seconds(&first);
    int64_t begin = january + place(&rule->begin, year) - rule->standard.seconds;
    int64_t end = january + place(&rule->end, year) - rule->summer.seconds;
    bool is_summer =
        begin > end ? seconds < end || seconds >= begin : seconds >= begin && seconds < end;
    return is_summer ? rule->summer : rule->standard;
}
