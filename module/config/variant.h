/* SPDX-License-Identifier: GPL-2.0 */
/*
 * variant.h - what a lock is to the rest of the benchmark
 *
 * A lock is one file in variants/ that defines three inline functions and
 * includes bench_loop.h, which emits its timed loops around them; and one line
 * in variant_list.h. Nothing here is called inside a timed loop.
 */
#ifndef _TB_VARIANT_H
#define _TB_VARIANT_H

#include <linux/types.h>

#include "lwkt/core/generations.h"
#include "lwkt/core/inline.h"
#include "uapi/tokbench.h"
#include "variant_list.h"

struct tb_run;
struct tb_worker;

#define TB_FLAG_ENUM(word) TB_FLAG_BIT_##word,
enum { TB_FLAGS(TB_FLAG_ENUM) TB_FLAG_COUNT };
#undef TB_FLAG_ENUM

#define TB_FLAG(word) (1U << TB_FLAG_BIT_##word)

/* The words of measure. */
#define TB_MEASURE_ENUM(word) TB_MEASURE_##word,
enum { TB_MEASURES(TB_MEASURE_ENUM) TB_MEASURE_COUNT };
#undef TB_MEASURE_ENUM

/**
 * struct tb_variant - one lock
 * @name: as users type it
 * @doc: one line
 * @note: what is different on this kernel; NULL: nothing is
 * @flags: TB_FLAG(), see uapi/tokbench.h
 * @generation: of the tokens it is made of; with TB_FLAG(lwkt) only
 * @tokens: it is made of tokens, so that run and user can turn their knobs
 * @max_set: largest set_size it can have; 0: any
 * @single: there is but one lock, for all objects
 * @lock_size: size of one lock in bytes, 0 if it has none; locks stand on
 * cache lines of their own
 * @own_size: bytes that each thread has for itself (tb_worker.own)
 * @init_lock: make one lock out of zeroed memory; may be NULL. Context: process
 * context, may sleep. Return: 0 or -ENOMEM; @exit_lock is called in both cases.
 * @exit_lock: its end; may be NULL
 * @loop_full: the timed loop of one thread, measure=full; returns when the run
 * has left the window. It reads the kernel's clock. Context: the thread itself,
 * may sleep.
 * @loop_full_tsc: likewise; it reads the time stamp counter (base/clock.h)
 * @loop_throughput: likewise, measure=throughput
 * @inline_full: the runner of a world of inline threads, whose td_arg is a
 * struct tb_worker: their timed loops, measure=full; see lwkt/core/inline.h. With
 * TB_FLAG(lwkt) only.
 * @inline_full_tsc: likewise, as @loop_full_tsc
 * @inline_throughput: likewise, measure=throughput
 * @pairs: the bare get + release of lock 0, @n times, for the bench command.
 * Context: as @loop_full.
 */
struct tb_variant {
	const char *name;
	const char *doc;
	const char *note;
	u32 flags;
	enum lwkt_generation generation;
	bool tokens;
	u32 max_set;
	bool single;
	size_t lock_size;
	size_t own_size;
	int (*init_lock)(void *lock);
	void (*exit_lock)(void *lock);
	void (*loop_full)(struct tb_worker *w);
	void (*loop_full_tsc)(struct tb_worker *w);
	void (*loop_throughput)(struct tb_worker *w);
	lwkt_runner_fn inline_full;
	lwkt_runner_fn inline_full_tsc;
	lwkt_runner_fn inline_throughput;
	void (*pairs)(struct tb_worker *w, u32 n);
};

#define TB_VARIANT_EXTERN(symbol) \
	extern const struct tb_variant tb_variant_##symbol;

TB_VARIANTS(TB_VARIANT_EXTERN)

#undef TB_VARIANT_EXTERN

#define TB_VARIANT_ENUM(symbol) TB_VARIANT_##symbol,
enum { TB_VARIANTS(TB_VARIANT_ENUM) TB_VARIANT_COUNT };
#undef TB_VARIANT_ENUM

extern const struct tb_variant *const tb_variants[TB_VARIANT_COUNT];

/* Room for any output of tb_variant_flags(). */
#define TB_FLAGS_MAX 96

/* The largest set_size a variant can have. */
#define tb_variant_max_set(v) ((v)->max_set ?: TB_SET_MAX)

/* It restarts, and counts what that costs in tb_worker.ledger. */
static inline bool tb_variant_has_ledger(const struct tb_variant *v)
{
	return v->flags & TB_FLAG(restarts) && !(v->flags & TB_FLAG(lwkt));
}

void tb_variant_flags(const struct tb_variant *v, char *buf, size_t len);

#endif /* _TB_VARIANT_H */
