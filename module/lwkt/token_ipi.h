/* SPDX-License-Identifier: GPL-2.0 */
/* token_ipi.h - under construction: behaves as token-poll */
#ifndef _LWKT_TOKEN_IPI_H
#define _LWKT_TOKEN_IPI_H

#include "token_poll.h"

#define lwkt_ipi_gettoken lwkt_poll_gettoken
#define lwkt_ipi_gettoken_shared lwkt_poll_gettoken_shared
#define lwkt_ipi_trytoken lwkt_poll_trytoken
#define lwkt_ipi_reltoken lwkt_poll_reltoken
#define lwkt_ipi_swapped lwkt_poll_swapped
#define lwkt_ipi_relall lwkt_poll_relall
#define lwkt_ipi_getall lwkt_poll_getall
#define lwkt_ipi_choose lwkt_poll_choose

#endif
