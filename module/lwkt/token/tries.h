/* SPDX-License-Identifier: GPL-2.0 */
/*
 * tries.h - what a failed try is: counted, traced, and told whether the token
 * was lost to a try that failed itself (tries.c)
 */
#ifndef _LWKT_TRIES_H
#define _LWKT_TRIES_H

#include "lwkt/core/thread.h"

/*
 * The low bits of an owner word that a scheduler's try for several references
 * writes: bit 0, and the low bits of the try's number.
 */
#define TAG_TENTATIVE 1UL
#define TAG_SEQ_SHIFT 1
#define TAG_SEQ_MASK 0x7UL
#define TAG_MASK (TAG_TENTATIVE | TAG_SEQ_MASK << TAG_SEQ_SHIFT)

/* Bits of an owner word above the tag that a generation may use. */
#define TAG_FREE_BIT 0x10UL

static_assert((TAG_MASK | TAG_FREE_BIT) < LWKT_REF_ALIGN);

/* The reference in an owner word. */
static __always_inline struct lwkt_tokref *lwkt_strip(struct lwkt_tokref *word)
{
	return (struct lwkt_tokref *)((unsigned long)word &
				      ~(TAG_MASK | TAG_FREE_BIT));
}

/* The mark of try number @seq on @ref. */
static __always_inline struct lwkt_tokref *lwkt_tag(struct lwkt_tokref *ref,
						    u32 seq)
{
	return (struct lwkt_tokref *)((unsigned long)ref | TAG_TENTATIVE |
				      (seq & TAG_SEQ_MASK) << TAG_SEQ_SHIFT);
}

/* The number of the try a thread's scheduler is in, or would begin next. */
static __always_inline u32 lwkt_try_seq(const struct lwkt_thread *td)
{
	return (td->td_tries >> 32) + 1;
}

/* Close a try for several references: its outcome becomes readable. */
static __always_inline void lwkt_end_try(struct lwkt_thread *td, bool failed)
{
	u64 word = td->td_tries;

	WRITE_ONCE(td->td_tries,
		   ((word >> 32) + 1) << 32 | (u32)(word << 1 | failed));
}

void lwkt_collide(struct lwkt_token *tok);
void lwkt_note_failure_at(struct lwkt_thread *td, struct lwkt_tokref *ref,
			  unsigned int index, struct lwkt_tokref *owner);
void lwkt_settle_tries(struct lwkt_thread *td);

/* A try that goes through the references in the order of asking. */
static inline void lwkt_note_failure(struct lwkt_thread *td,
				     struct lwkt_tokref *ref,
				     struct lwkt_tokref *owner)
{
	lwkt_note_failure_at(td, ref, ref - td->td_toks, owner);
}

#endif /* _LWKT_TRIES_H */
