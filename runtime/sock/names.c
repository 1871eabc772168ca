/* names.c: numbers by name, and back. */
#include "sock/sock.h"
#include <netinet/in.h>
#include <netinet/ip.h>

const SockName brc_sock_tos[] = {{"lowdelay", IPTOS_LOWDELAY},
                                 {"throughput", IPTOS_THROUGHPUT},
                                 {"reliability", IPTOS_RELIABILITY},
                                 {"mincost", IPTOS_MINCOST},
                                 {NULL, 0}};
const SockName brc_sock_discover[] = {{"want", IP_PMTUDISC_WANT},
                                      {"dont", IP_PMTUDISC_DONT},
                                      {"do", IP_PMTUDISC_DO},
                                      {"probe", IP_PMTUDISC_PROBE},
                                      {NULL, 0}};
/* Of messages; 0: not here. */
const SockName brc_sock_flag_names[] = {{"cmsg_cloexec", MSG_CMSG_CLOEXEC},
                                        {"confirm", MSG_CONFIRM},
                                        {"ctrunc", MSG_CTRUNC},
                                        {"dontroute", MSG_DONTROUTE},
                                        {"eor", MSG_EOR},
                                        {"errqueue", MSG_ERRQUEUE},
                                        {"more", MSG_MORE},
                                        {"nosignal", MSG_NOSIGNAL},
                                        {"oob", MSG_OOB},
                                        {"peek", MSG_PEEK},
                                        {"trunc", MSG_TRUNC},
                                        {NULL, 0}};

int brc_sock_number_of(ErlNifEnv *env, const SockName *table, Term t) {
    for (; table->name; table++)
        if (t == SOCK_A(table->name)) return table->number;
    return -1;
}

const char *brc_sock_name_of(const SockName *table, int number) {
    for (; table->name; table++)
        if (table->number == number) return table->name;
    return NULL;
}
