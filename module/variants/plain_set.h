/* SPDX-License-Identifier: GPL-2.0 */
/*
 * plain_set.h - sets of locks that are taken one after the other, waiting for
 * each
 *
 * A variant includes linux_lock.h and set_map.h, defines
 *
 *   static __always_inline void get_lock(LOCK *lock, bool shared)
 *       takes one lock of a set
 *   static __always_inline void put_lock(LOCK *lock, bool shared)
 *       releases it
 *
 * and includes this. A lock without the flag shared ignores shared.
 */
static __always_inline void take_set(struct tb_worker *w)
{
	u32 i;

	tb_set_begin();
	for (i = 0; i < w->stream.set_size; i++)
		get_lock(lock_of(w, w->stream.set[i]), w->stream.shared);
}

static __always_inline void release_set(struct tb_worker *w)
{
	u32 i = w->stream.set_size;

	while (i--)
		put_lock(lock_of(w, w->stream.set[i]), w->stream.shared);
	tb_set_end();
}

static __always_inline void pair_once(struct tb_worker *w, bool shared)
{
	tb_set_begin();
	get_lock(lock_of(w, 0), shared);
	put_lock(lock_of(w, 0), shared);
	tb_set_end();
}
