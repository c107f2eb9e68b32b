/* SPDX-License-Identifier: GPL-2.0 */
/* token_handoff.h - under construction: behaves as token-poll */
#ifndef _LWKT_TOKEN_HANDOFF_H
#define _LWKT_TOKEN_HANDOFF_H

#include "token_poll.h"

#define lwkt_handoff_gettoken lwkt_poll_gettoken
#define lwkt_handoff_gettoken_shared lwkt_poll_gettoken_shared
#define lwkt_handoff_trytoken lwkt_poll_trytoken
#define lwkt_handoff_reltoken lwkt_poll_reltoken
#define lwkt_handoff_swapped lwkt_poll_swapped
#define lwkt_handoff_relall lwkt_poll_relall
#define lwkt_handoff_getall lwkt_poll_getall
#define lwkt_handoff_choose lwkt_poll_choose

#endif
