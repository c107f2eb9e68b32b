/* SPDX-License-Identifier: GPL-2.0 */
/*
 * inline.h - LWKT threads without a stack of their own (inline.c)
 */
#ifndef _LWKT_INLINE_H
#define _LWKT_INLINE_H

struct lwkt_globaldata;
struct lwkt_thread;

/*
 * Goes on with @td, which is current and has all its tokens, and then with the
 * threads that lwkt_inline_next() gives, until that gives none. Context: the
 * kthread of the CPU's idle thread, may sleep.
 */
typedef void (*lwkt_runner_fn)(struct lwkt_thread *td);

struct lwkt_thread *lwkt_inline_next(struct lwkt_globaldata *gd);
void lwkt_inline_run(struct lwkt_globaldata *gd);

#endif /* _LWKT_INLINE_H */
