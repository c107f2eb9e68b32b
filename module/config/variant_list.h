/* SPDX-License-Identifier: GPL-2.0 */
/*
 * variant_list.h - the lock variants: one line each, in the order they are
 * listed to users. X(symbol): struct tb_variant tb_variant_symbol lives in
 * variants/.
 */
#ifndef _TB_VARIANT_LIST_H
#define _TB_VARIANT_LIST_H

#define TB_VARIANTS(X)   \
	X(none)          \
	X(broken)        \
	X(token_poll)    \
	X(token_ipi)     \
	X(token_ticket)  \
	X(token_sorted)  \
	X(token_backoff) \
	X(token_handoff) \
	X(lockmgr)       \
	X(mutex)         \
	X(mutex_trylock) \
	X(mutex_big)     \
	X(ww_wound)      \
	X(ww_die)        \
	X(rtmutex)       \
	X(rwsem)         \
	X(percpu_rwsem)  \
	X(semaphore)     \
	X(spinlock)      \
	X(ticket)        \
	X(tas)

#endif /* _TB_VARIANT_LIST_H */
