/* SPDX-License-Identifier: GPL-2.0 */
/* token_backoff.h - under construction: behaves as token-poll */
#ifndef _LWKT_TOKEN_BACKOFF_H
#define _LWKT_TOKEN_BACKOFF_H

#include "token_poll.h"

#define lwkt_backoff_gettoken lwkt_poll_gettoken
#define lwkt_backoff_gettoken_shared lwkt_poll_gettoken_shared
#define lwkt_backoff_trytoken lwkt_poll_trytoken
#define lwkt_backoff_reltoken lwkt_poll_reltoken
#define lwkt_backoff_swapped lwkt_poll_swapped
#define lwkt_backoff_relall lwkt_poll_relall
#define lwkt_backoff_getall lwkt_poll_getall
#define lwkt_backoff_choose lwkt_poll_choose

#endif
