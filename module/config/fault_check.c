// SPDX-License-Identifier: GPL-2.0
/*
 * fault_check.c - can a run have a fault on purpose? (run/fault.c)
 *
 * Where a thread may have nothing to do (phases, rate) none need come to see
 * anything: refused. So is move on the LWKT scheduler: that a CPU has one
 * current thread is what its locks are made of.
 */
#include <linux/cpumask.h>

#include "config.h"
#include "fault_check.h"
#include "refusal.h"
#include "variant.h"
#include "words.h"

/**
 * tb_fault_check() - can a run have this fault?
 * @c: the configuration
 *
 * An error leaves a line in the file "error" (refusal.h).
 *
 * Context: process context; the caller holds cpus_read_lock().
 * Return: 0 or -EINVAL
 */
int tb_fault_check(const struct tb_config *c)
{
	const struct tb_variant *v = tb_variants[c->lock];
	const char *word = tb_word_fault(c->fault);

	if (c->fault == TB_FAULT_none)
		return 0;
	if (*c->phases || c->rate) {
		tb_refuse("start: fault: %s; none with %s, whose threads may have nothing to do",
			  word, c->rate ? "rate" : "phases");
		return -EINVAL;
	}
	if (c->fault == TB_FAULT_intrude && v->flags & TB_FLAG(unchecked)) {
		tb_refuse("start: fault: intrude; %s protects nothing that is checked",
			  v->name);
		return -EINVAL;
	}
	if (c->fault != TB_FAULT_move)
		return 0;
	if (v->flags & TB_FLAG(lwkt)) {
		tb_refuse("start: fault: move; a thread of %s cannot leave its CPU",
			  v->name);
		return -EINVAL;
	}
	if (num_online_cpus() < 2) {
		tb_refuse("start: fault: move; no other CPU is online");
		return -EINVAL;
	}
	return 0;
}

/**
 * tb_fault_absent() - locking threads that the window must not wait for
 * @c: the configuration
 */
u32 tb_fault_absent(const struct tb_config *c)
{
	return c->fault == TB_FAULT_late || c->fault == TB_FAULT_hang;
}
