/* SPDX-License-Identifier: GPL-2.0 */
/*
 * plain_set.h - sets of locks that are taken one after the other, waiting for
 * each
 *
 * A variant includes linux_lock.h and set_map.h, defines
 *
 *   static __always_inline void get(LOCK *lock, bool shared)   one lock of a set
 *   static __always_inline void put(LOCK *lock, bool shared)   release it
 *
 * and includes this. A lock without the flag shared ignores shared.
 */
static __always_inline void take(struct tb_worker *w)
{
	u32 i;

	tb_set_begin();
	for (i = 0; i < w->stream.set_size; i++)
		get(lock_of(w, w->stream.set[i]), w->stream.shared);
}

static __always_inline void give(struct tb_worker *w)
{
	u32 i = w->stream.set_size;

	while (i--)
		put(lock_of(w, w->stream.set[i]), w->stream.shared);
	tb_set_end();
}

static __always_inline void pair(struct tb_worker *w, bool shared)
{
	tb_set_begin();
	get(lock_of(w, 0), shared);
	put(lock_of(w, 0), shared);
	tb_set_end();
}
