/* SPDX-License-Identifier: GPL-2.0 */
/*
 * try.h - one try for all tokens of a thread (token-handoff)
 */
#ifndef _LWKT_HANDOFF_TRY_H
#define _LWKT_HANDOFF_TRY_H

#include "handoff.h"

void lwkt_handoff_drop(struct lwkt_token *tok);

/*
 * Take a token that is free for all, past its waiters. @word is what
 * was read, and gets what was found. The acquire pairs with the releases.
 */
static inline bool lwkt_handoff_take_free(struct lwkt_token *tok,
					  struct lwkt_tokref *mine,
					  struct lwkt_tokref **word)
{
	while (lwkt_handoff_is_free(*word))
		if (try_cmpxchg(&tok->t_ref, word, mine))
			return true;
	return false;
}

#endif /* _LWKT_HANDOFF_TRY_H */
