/* SPDX-License-Identifier: GPL-2.0 */
/*
 * word.h - the words of token-handoff: those of its comments, and the word of a
 * token
 *
 *   waiter    a thread that is queued for a token, or was and is to try again
 *   first     the oldest waiter of a token that its CPU would run. Its window is
 *             the time from when it became the first of a queue on.
 *   outranked a waiter whose CPU has a runnable thread of higher priority
 *   keep      a token without owner is kept for a thread: no other waiter gets it
 *   heir      the thread that a token is kept for (t_heir)
 *   set       the tokens that a thread wants, if they are more than one
 *   eldest    the one thread for which a whole set is kept; there is at most one
 *   bound     a token of the eldest's set (t_eldest): kept for the eldest as soon
 *             as it has no owner
 *   nominee   a thread that becomes the eldest in its turn
 *   marked    HANDOFF_QUEUE is in the word: the release looks at the queue
 *   quiet     the first waiter is awake or has a timer: no release needs to look
 *
 * What users see has the same words: the counters grants (keeps that became an
 * acquisition, those for the eldest aside) and eldest.
 */
#ifndef _LWKT_HANDOFF_WORD_H
#define _LWKT_HANDOFF_WORD_H

#include "lwkt/token/token.h"
#include "lwkt/token/tries.h"

/*
 * Bits of the token word beside those of tries.h. HANDOFF_QUEUE: the release
 * has to look at the queue. HANDOFF_KEPT, in a word without owner: free, but
 * only for t_heir.
 */
#define HANDOFF_QUEUE TAG_FREE_BIT
#define HANDOFF_KEPT TAG_TENTATIVE

/* A word that is free, and whose next owner has to count in t_gen. */
#define HANDOFF_LEFT ((struct lwkt_tokref *)2UL)

static __always_inline bool lwkt_handoff_is_free(const struct lwkt_tokref *word)
{
	return !word || word == HANDOFF_LEFT;
}

static __always_inline bool lwkt_handoff_has(struct lwkt_tokref *word,
					     unsigned long bit)
{
	return (unsigned long)word & bit;
}

static __always_inline struct lwkt_tokref *
lwkt_handoff_with(struct lwkt_tokref *word, unsigned long bit)
{
	return (struct lwkt_tokref *)((unsigned long)word | bit);
}

static __always_inline struct lwkt_tokref *
lwkt_handoff_without(struct lwkt_tokref *word, unsigned long bit)
{
	return (struct lwkt_tokref *)((unsigned long)word & ~bit);
}

/* A word that is free for t_heir only. */
#define HANDOFF_KEPT_WORD ((struct lwkt_tokref *)(HANDOFF_QUEUE | HANDOFF_KEPT))

#endif /* _LWKT_HANDOFF_WORD_H */
