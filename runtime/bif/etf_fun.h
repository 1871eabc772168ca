/* etf_fun.h: which fun of the program an external one is. */
#pragma once
#include "term/etf.h"

EtfFindFun brc_bif_etf_fun;
