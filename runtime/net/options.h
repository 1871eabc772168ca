/* options.h: prim_inet's numbers of options, and those that are the kernel's. */
#pragma once
#include "net/socket.h"

enum NetOption {
    OPT_REUSEADDR = 0,
    OPT_KEEPALIVE = 1,
    OPT_DONTROUTE = 2,
    OPT_LINGER = 3,
    OPT_BROADCAST = 4,
    OPT_SNDBUF = 6,
    OPT_RCVBUF = 7,
    OPT_PRIORITY = 8,
    OPT_TOS = 9,
    OPT_NODELAY = 10,
    OPT_MULTICAST_IF = 11,
    OPT_MULTICAST_TTL = 12,
    OPT_MULTICAST_LOOP = 13,
    OPT_ADD_MEMBERSHIP = 14,
    OPT_DROP_MEMBERSHIP = 15,
    OPT_V6ONLY = 16,
    OPT_BUFFER = 20,
    OPT_HEADER = 21,
    OPT_ACTIVE = 22,
    OPT_PACKET = 23,
    OPT_MODE = 24,
    OPT_DELIVER = 25,
    OPT_EXIT_ON_CLOSE = 26,
    OPT_HIGH = 27,
    OPT_LOW = 28,
    OPT_SEND_TIMEOUT = 30,
    OPT_DELAY_SEND = 31,
    OPT_PACKET_SIZE = 32,
    OPT_READ_PACKETS = 33,
    OPT_RAW = 34,
    OPT_SEND_TIMEOUT_CLOSE = 35,
    OPT_MSGQ_HIGH = 36,
    OPT_MSGQ_LOW = 37,
    OPT_NETNS = 38,
    OPT_SHOW_RESET = 39,
    OPT_LINE_DELIMITER = 40,
    OPT_TCLASS = 41,
    OPT_DEVICE = 42,
    OPT_RECVTOS = 43,
    OPT_RECVTCLASS = 44,
    OPT_PKTOPTIONS = 45,
    OPT_TTL = 46,
    OPT_RECVTTL = 47,
    OPT_NOPUSH = 48,
    OPT_DEBUG = 99,
};

/* An option of the kernel's whose value is one number. */
typedef struct NetKernelOption {
    int level, name;
    bool matters;   /* whether a failure to set it is told */
    bool streams;   /* of connections only */
    bool datagrams; /* of datagrams only */
} NetKernelOption;
/* NULL: it is none of these, or not of that family. */
const NetKernelOption *brc_net_kernel_option(const Socket *s, uint8_t what);

extern const uint8_t brc_net_packet_codes[15]; /* of enum PacketType, as prim_inet has them */
