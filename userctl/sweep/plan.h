/* SPDX-License-Identifier: GPL-2.0 */
/* In which order a sweep is run. */
#ifndef _PLAN_H
#define _PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/msg.h"
#include "result/doc.h"

#define PLAN_STEPS_MAX DOC_RUNS_MAX

/**
 * struct plan_step - One run
 * @cell: number of the combination of axis values, see plan_value()
 * @lock: index of the lock; nr_locks: the sentinel, see plan_set_sentinel()
 * @rep: number of the repeat, from 0
 * @made: 1: has a result already, from an earlier tokctl
 */
struct plan_step {
	uint32_t cell;
	uint32_t lock;
	uint32_t rep;
	uint32_t made;
};

/* A cell that has no sentinel. */
#define PLAN_NO_SENTINEL SIZE_MAX

struct plan {
	size_t *counts; /* values per axis */
	size_t nr_axes;
	size_t nr_cells;
	size_t nr_locks;
	size_t nr_reps;
	bool *runs; /* per cell and lock: is it not left out? */
	size_t *sentinel; /* per cell: the cell whose sentinel serves it */
	size_t nr_steps;
	uint64_t seed; /* of the order */
	struct plan_step *steps;
};

bool plan_make(struct plan *plan, const size_t *counts, size_t nr_axes,
	       size_t nr_locks, size_t nr_reps, uint64_t seed, struct msg *m);
bool plan_add_round(struct plan *plan, const bool *wanted, struct msg *m);
void plan_drop_round(struct plan *plan, size_t steps);
void plan_leave_out(struct plan *plan, char *const *out);
bool plan_set_sentinel(struct plan *plan, size_t *of_cell, struct msg *m);
bool plan_is_sentinel(const struct plan *plan, const struct plan_step *step);
size_t plan_nr_sentinels(const struct plan *plan);
bool plan_has_lock(const struct plan *plan, size_t lock);
size_t plan_value(const struct plan *plan, size_t cell, size_t axis);
void plan_free(struct plan *plan);

#endif /* _PLAN_H */
