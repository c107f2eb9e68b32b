// SPDX-License-Identifier: GPL-2.0
/*
 * The order of a sweep. A round is one pass over the locks in one cell. The
 * repeats are the outermost loop, so that a machine that slowly gets warmer
 * or busier does so in every cell and not just in the last; the locks of a
 * round stand in a new random order each time, so that none is always the
 * first after a pause. The order is a function of the seed, the round and the
 * cell and of nothing else, so a plan can grow, and be continued elsewhere, and
 * is still the same.
 *
 * The sentinel of a round is a run of no lock, at a random place among those of
 * the locks, which keep their order. One run serves all cells in which it would
 * be the same: it stands in the first of them that has a run in the round. Pure.
 */
#include <stdio.h>

#include "base/xalloc.h"
#include "plan.h"

/* splitmix64: any seed will do, also 0 and 1, and the next is as good. */
static uint64_t next_random(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

/* A round's order does not depend on how many rounds there are before it. */
static uint64_t round_seed(uint64_t seed, size_t rep, size_t cell)
{
	uint64_t state = seed;

	state = next_random(&state) ^ rep;
	state = next_random(&state) ^ cell;
	return next_random(&state);
}

static void shuffle_round(struct plan_step *step, size_t n, uint64_t state)
{
	size_t i, j;

	/* The remainder's bias is n / 2^64: no order is preferred visibly. */
	for (i = n; i > 1; i--) {
		struct plan_step tmp;

		j = next_random(&state) % i;
		tmp = step[i - 1];
		step[i - 1] = step[j];
		step[j] = tmp;
	}
}

static size_t pairs_of(const struct plan *plan)
{
	return plan->nr_cells * plan->nr_locks;
}

static bool too_large(struct msg *m)
{
	msg_set(m,
		"the sweep has more runs than the %d allowed; use fewer values, "
		"locks or repeats",
		PLAN_STEPS_MAX);
	return false;
}

/* Put the sentinel among @n steps of a cell. */
static void insert_sentinel(struct plan_step *step, size_t n,
			    const struct plan *plan, size_t cell)
{
	uint64_t state = round_seed(~plan->seed, plan->nr_reps, cell);
	size_t at = next_random(&state) % (n + 1);

	memmove(step + at + 1, step + at, (n - at) * sizeof(*step));
	step[at] = (struct plan_step){ .cell = cell,
				       .lock = plan->nr_locks,
				       .rep = plan->nr_reps };
}

/* Steps of a round that are not wanted leave no gap. */
static size_t add_cell(struct plan_step *step, const struct plan *plan,
		       size_t cell, const bool *wanted)
{
	const bool *of_cell = wanted + cell * plan->nr_locks;
	size_t n = 0;
	size_t i;

	for (i = 0; i < plan->nr_locks; i++)
		step[i] = (struct plan_step){ .cell = cell,
					      .lock = i,
					      .rep = plan->nr_reps };
	shuffle_round(step, plan->nr_locks,
		      round_seed(plan->seed, plan->nr_reps, cell));
	for (i = 0; i < plan->nr_locks; i++)
		if (of_cell[step[i].lock])
			step[n++] = step[i];
	return n;
}

static void add_rep(struct plan *plan, const bool *wanted)
{
	bool *served = xcalloc(plan->nr_cells, sizeof(*served));
	struct plan_step *step;
	size_t cell, owner, n;

	plan->steps = xrealloc(plan->steps,
			       plan->nr_steps + pairs_of(plan) + plan->nr_cells,
			       sizeof(*plan->steps));
	step = plan->steps + plan->nr_steps;
	for (cell = 0; cell < plan->nr_cells; cell++) {
		n = add_cell(step, plan, cell, wanted);
		owner = plan->sentinel ? plan->sentinel[cell] :
					 PLAN_NO_SENTINEL;
		if (n && owner != PLAN_NO_SENTINEL && !served[owner]) {
			served[owner] = true;
			insert_sentinel(step, n++, plan, cell);
		}
		step += n;
	}
	free(served);
	plan->nr_steps = step - plan->steps;
	plan->nr_reps++;
}

/**
 * plan_make() - Lay out all runs of a sweep
 * @plan: receives the plan; free with plan_free()
 * @counts: number of values of each axis, each at least 1
 * @nr_axes: number of axes, may be 0
 * @nr_locks: number of locks, at least 1
 * @nr_reps: number of repeats, at least 1
 * @seed: of the order of the locks in each round
 * @m: receives the reason on error
 *
 * Return: false if the plan is larger than PLAN_STEPS_MAX.
 */
bool plan_make(struct plan *plan, const size_t *counts, size_t nr_axes,
	       size_t nr_locks, size_t nr_reps, uint64_t seed, struct msg *m)
{
	bool overflow = false;
	size_t steps, i;

	*plan = (struct plan){ .nr_axes = nr_axes,
			       .nr_cells = 1,
			       .nr_locks = nr_locks,
			       .seed = seed };
	for (i = 0; i < nr_axes; i++)
		overflow |= __builtin_mul_overflow(plan->nr_cells, counts[i],
						   &plan->nr_cells);
	overflow |= __builtin_mul_overflow(plan->nr_cells, nr_locks, &steps);
	overflow |= __builtin_mul_overflow(steps, nr_reps, &steps);
	if (overflow || steps > PLAN_STEPS_MAX)
		return too_large(m);

	plan->counts = xcalloc(nr_axes, sizeof(*plan->counts));
	for (i = 0; i < nr_axes; i++)
		plan->counts[i] = counts[i];
	plan->runs = xcalloc(pairs_of(plan), sizeof(*plan->runs));
	memset(plan->runs, true, pairs_of(plan) * sizeof(*plan->runs));
	for (i = 0; i < nr_reps; i++)
		add_rep(plan, plan->runs);
	return true;
}

/**
 * plan_add_round() - Lay out one more round in some cells
 * @plan: the plan
 * @wanted: for each cell one element per lock: does it run? Where it was left
 *	    out it does not
 * @m: receives the reason on error
 *
 * The order of the locks is the one that this round would have in a plan with
 * more repeats.
 *
 * Return: false if the plan would become larger than PLAN_STEPS_MAX.
 */
bool plan_add_round(struct plan *plan, const bool *wanted, struct msg *m)
{
	bool *both = xcalloc(pairs_of(plan), sizeof(*both));
	size_t i;

	for (i = 0; i < pairs_of(plan); i++)
		both[i] = wanted[i] && plan->runs[i];
	if (plan->nr_steps + pairs_of(plan) + plan->nr_cells > PLAN_STEPS_MAX) {
		free(both);
		return too_large(m);
	}
	add_rep(plan, both);
	free(both);
	return true;
}

/**
 * plan_drop_round() - Take the last round back
 * @plan: the plan
 * @steps: number of runs before plan_add_round()
 */
void plan_drop_round(struct plan *plan, size_t steps)
{
	plan->nr_steps = steps;
	plan->nr_reps--;
}

/**
 * plan_leave_out() - Take runs out of a sweep
 * @plan: the plan
 * @out: for each cell one element per lock; not NULL: the lock does not run in
 *	 that cell
 */
void plan_leave_out(struct plan *plan, char *const *out)
{
	size_t n = 0;
	size_t i;

	for (i = 0; i < pairs_of(plan); i++)
		if (out[i])
			plan->runs[i] = false;
	for (i = 0; i < plan->nr_steps; i++) {
		const struct plan_step *step = &plan->steps[i];

		if (plan->runs[step->cell * plan->nr_locks + step->lock])
			plan->steps[n++] = *step;
	}
	plan->nr_steps = n;
}

/**
 * plan_set_sentinel() - Have a sentinel in each round
 * @plan: the plan, from which everything was taken that is left out
 * @of_cell: for each cell the one whose sentinel serves it, or
 *	     PLAN_NO_SENTINEL; the array passes to @plan
 * @m: receives the reason on error
 *
 * Return: false if the plan would become larger than PLAN_STEPS_MAX.
 */
bool plan_set_sentinel(struct plan *plan, size_t *of_cell, struct msg *m)
{
	size_t reps = plan->nr_reps;

	plan->sentinel = of_cell;
	if ((pairs_of(plan) + plan->nr_cells) * reps > PLAN_STEPS_MAX)
		return too_large(m);
	plan->nr_steps = 0;
	plan->nr_reps = 0;
	while (reps--)
		add_rep(plan, plan->runs);
	return true;
}

/**
 * plan_is_sentinel() - Is a run that of the sentinel?
 * @plan: the plan
 * @step: one of its runs
 */
bool plan_is_sentinel(const struct plan *plan, const struct plan_step *step)
{
	return step->lock == plan->nr_locks;
}

/**
 * plan_nr_sentinels() - How many runs of the sentinel are planned?
 * @plan: the plan
 */
size_t plan_nr_sentinels(const struct plan *plan)
{
	size_t n = 0;
	size_t i;

	for (i = 0; plan->sentinel && i < plan->nr_steps; i++)
		n += plan_is_sentinel(plan, &plan->steps[i]);
	return n;
}

/**
 * plan_has_lock() - Does a lock run at all?
 * @plan: the plan
 * @lock: index of the lock
 */
bool plan_has_lock(const struct plan *plan, size_t lock)
{
	size_t cell;

	for (cell = 0; cell < plan->nr_cells; cell++)
		if (plan->runs[cell * plan->nr_locks + lock])
			return true;
	return false;
}

/**
 * plan_value() - Which value does an axis have in a cell?
 * @plan: the plan
 * @cell: number of the cell; the last axis changes fastest
 * @axis: index of the axis
 *
 * Return: index of the value.
 */
size_t plan_value(const struct plan *plan, size_t cell, size_t axis)
{
	size_t i;

	for (i = plan->nr_axes; i-- > axis + 1;)
		cell /= plan->counts[i];
	return cell % plan->counts[axis];
}

/**
 * plan_free() - Free a plan
 * @plan: plan to empty
 */
void plan_free(struct plan *plan)
{
	free(plan->counts);
	free(plan->runs);
	free(plan->sentinel);
	free(plan->steps);
	*plan = (struct plan){ 0 };
}
