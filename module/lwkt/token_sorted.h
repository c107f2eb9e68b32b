/* SPDX-License-Identifier: GPL-2.0 */
/* token_sorted.h - under construction: behaves as token-poll */
#ifndef _LWKT_TOKEN_SORTED_H
#define _LWKT_TOKEN_SORTED_H

#include "token_poll.h"

#define lwkt_sorted_gettoken lwkt_poll_gettoken
#define lwkt_sorted_gettoken_shared lwkt_poll_gettoken_shared
#define lwkt_sorted_trytoken lwkt_poll_trytoken
#define lwkt_sorted_reltoken lwkt_poll_reltoken
#define lwkt_sorted_swapped lwkt_poll_swapped
#define lwkt_sorted_relall lwkt_poll_relall
#define lwkt_sorted_getall lwkt_poll_getall
#define lwkt_sorted_choose lwkt_poll_choose

#endif
