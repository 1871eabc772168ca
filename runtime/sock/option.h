/* option.h: the table of options (option.def), for those who set and get them and for what is
 * supported. */
#pragma once
#include "sock/sock.h"

enum SockOptionKind {
    SOCK_NONE_OPTION, /* not here */
    SOCK_BOOL_OPTION,
    SOCK_INT_OPTION,
    SOCK_HOPS_OPTION,
    SOCK_TOS_OPTION,
    SOCK_DISCOVER_OPTION,
    SOCK_DOMAIN_OPTION,
    SOCK_TYPE_OPTION,
    SOCK_PROTOCOL_OPTION,
    SOCK_LINGER_OPTION,
    SOCK_ADDRESS_OPTION,
    SOCK_MEMBER_OPTION,
    SOCK_SOURCE_OPTION,
    SOCK_MEMBER6_OPTION,
    SOCK_TEXT_OPTION,
    SOCK_NAME_OPTION,    /* text that is shown in its whole room */
    SOCK_CONTROL_OPTION, /* ancillary data */
    SOCK_UNSEEN_OPTION,  /* known, neither set nor got */
};
typedef struct SockOption {
    int level;
    const char *name;
    int number;
    enum SockOptionKind kind;
} SockOption;
extern const SockOption brc_sock_options[];
extern const int brc_sock_option_count;
