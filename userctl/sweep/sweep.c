// SPDX-License-Identifier: GPL-2.0
/*
 * A sweep from its command line to its last run: which locks, which values,
 * and what no run of it would ever take up.
 */
#include <inttypes.h>

#include "base/cpulist.h"
#include "base/xalloc.h"
#include "result/sentinel.h"
#include "sweep.h"

/* What stands for the cell of a run; NULL for knobs that were not asked for. */
static const char *cell_value(const struct sweep *sw,
			      const struct plan_step *step, size_t id)
{
	const struct axis *axis = &sw->axes.axis[id];
	size_t i;

	if (plan_is_sentinel(&sw->plan, step) && id == PARAM_lock)
		return SENTINEL_LOCK;
	i = id == PARAM_lock ? step->lock :
			       plan_value(&sw->plan, step->cell, id);

	return axis->n ? axis->values[i] : NULL;
}

/*
 * What the run itself is given; NULL also for knobs its lock does not have. It
 * then is the same run in every cell, and its lock the others' reference.
 */
static const char *value_of(const struct sweep *sw,
			    const struct plan_step *step, size_t id)
{
	const char *lock = cell_value(sw, step, PARAM_lock);

	if (params_is_knob(id) && plan_is_sentinel(&sw->plan, step))
		return NULL;
	if (params_is_knob(id) && !knobs_has(&sw->knobs, id, lock))
		return NULL;
	return cell_value(sw, step, id);
}

/**
 * sweep_lock() - The lock of a run, for people
 * @sw: planned sweep
 * @step: the run
 */
const char *sweep_lock(const struct sweep *sw, const struct plan_step *step)
{
	return plan_is_sentinel(&sw->plan, step) ?
		       SENTINEL_NAME :
		       cell_value(sw, step, PARAM_lock);
}

/**
 * sweep_values() - What a run is given
 * @sw: planned sweep
 * @step: the run
 * @values: receives the values, borrowed from @sw; NULL for knobs that were
 *	    not asked for or that its lock does not have
 */
void sweep_values(const struct sweep *sw, const struct plan_step *step,
		  const char *values[NR_PARAMS])
{
	size_t i;

	for (i = 0; i < NR_PARAMS; i++)
		values[i] = value_of(sw, step, i);
}

/**
 * sweep_find_lock() - Find a lock
 * @locks: the locks of a sweep
 * @name: the lock; NULL: none
 *
 * Return: its index; the number of locks if it is none of them.
 */
size_t sweep_find_lock(const struct axis *locks, const char *name)
{
	size_t i;

	for (i = 0; i < locks->n; i++)
		if (name && !strcmp(locks->values[i], name))
			break;
	return i;
}

/* The lock's own name, anywhere in the list, is stronger than a word. */
static void add_lock(struct sweep *sw, struct axis *locks, const char *name,
		     bool named)
{
	size_t i = sweep_find_lock(locks, name);

	if (i < locks->n) {
		sw->named[i] |= named;
		return;
	}
	locks->values =
		xrealloc(locks->values, locks->n + 1, sizeof(*locks->values));
	locks->values[locks->n++] = xstrdup(name);
	sw->named = xrealloc(sw->named, locks->n, sizeof(*sw->named));
	sw->named[i] = named;
}

/* One word of -l: a lock, or a word for several. */
static bool add_locks(struct sweep *sw, struct axis *locks,
		      const struct variants *vs, const char *word,
		      struct msg *m)
{
	bool group = !variants_find(vs, word) && variants_is_group(word);
	char quoted[MSG_QUOTE_MAX];
	bool any = false;
	char *words;
	size_t i;

	for (i = 0; i < vs->n; i++) {
		if (group ? !variants_in_group(&vs->v[i], word) :
			    strcmp(vs->v[i].name, word) != 0)
			continue;
		add_lock(sw, locks, vs->v[i].name, !group);
		any = true;
	}
	if (any)
		return true;
	words = variants_words(vs);
	msg_set(m, "%s is no lock of the loaded module%s; allowed: %s",
		msg_quote(quoted, word), group ? ", and stands for none" : "",
		words);
	free(words);
	return false;
}

/**
 * sweep_set_locks() - Replace "all" and "tokens" by locks; check the names
 * @sw: the sweep with the locks as typed
 * @vs: locks that the module offers
 * @m: receives the reason on error, with the names that are allowed
 *
 * A lock that several words stand for has the place of the first. The sweep
 * remembers which locks were asked for by their names.
 *
 * Return: true if every lock exists, and there is one for every word.
 */
bool sweep_set_locks(struct sweep *sw, const struct variants *vs, struct msg *m)
{
	struct axis *typed = &sw->axes.axis[PARAM_lock];
	struct axis locks = { NULL, 0 };
	bool ok = true;
	size_t i;

	for (i = 0; i < typed->n; i++) {
		ok = ok && add_locks(sw, &locks, vs, typed->values[i], m);
		free(typed->values[i]);
	}
	free(typed->values);
	*typed = locks;
	return ok;
}

/**
 * sweep_set_reference() - Choose the lock that the others are compared with
 * @sw: planned sweep, from which everything was taken that is left out
 * @name: the lock; NULL: the first that runs
 * @m: receives the reason on error, with the locks that are allowed
 *
 * Return: true if that lock runs in at least one cell.
 */
bool sweep_set_reference(struct sweep *sw, const char *name, struct msg *m)
{
	const struct axis *locks = &sw->axes.axis[PARAM_lock];
	char quoted[MSG_QUOTE_MAX];
	char *run = xstrdup("");
	size_t i;

	for (i = 0; i < locks->n; i++) {
		if (!plan_has_lock(&sw->plan, i))
			continue;
		if (!name || !strcmp(locks->values[i], name))
			break;
		run = variants_append(run, locks->values[i]);
	}
	if (i < locks->n)
		sw->reference = i;
	else
		msg_set(m,
			"--reference: %s is no lock of this run; allowed: %s",
			msg_quote(quoted, name ? name : ""), run);
	free(run);
	return i < locks->n;
}

/* fifo must leave a CPU free, and all runs have the same CPUs. */
static bool has_fifo(const struct axis *sched)
{
	size_t i;

	for (i = 0; i < sched->n; i++)
		if (!strcmp(sched->values[i], "fifo"))
			return true;
	return false;
}

/**
 * sweep_freeze_cpus() - Choose the CPUs of all runs, if the user has not
 * @sw: the sweep with complete axes
 * @online: the CPUs that are online; NULL: unknown
 *
 * The module would choose anew for each run, and a CPU that goes offline in the
 * meantime would leave runs in one row that had other CPUs. Where nothing can
 * be chosen here, the module still does.
 */
void sweep_freeze_cpus(struct sweep *sw, const char *online)
{
	struct axis *cpus = &sw->axes.axis[PARAM_cpus];
	char list[CPULIST_TEXT_MAX];
	size_t i, j;

	for (i = 0; i < cpus->n && *cpus->values[i]; i++)
		;
	if (i == cpus->n || !online ||
	    !cpulist_default(online, has_fifo(&sw->axes.axis[PARAM_sched]),
			     list))
		return;
	/* Two equal values would be told apart by nothing in the results. */
	for (j = 0; j < cpus->n; j++)
		if (cpulist_equal(cpus->values[j], list))
			return;
	free(cpus->values[i]);
	cpus->values[i] = xstrdup(list);
}

/**
 * sweep_plan() - Lay out the runs
 * @sw: the sweep with complete axes
 * @repeats: runs per cell and lock, at least 1
 * @m: receives the reason on error
 *
 * The order of the locks is random, but a function of the (first) seed: the
 * same command line makes the same runs in the same order.
 */
bool sweep_plan(struct sweep *sw, size_t repeats, struct msg *m)
{
	size_t counts[NR_PARAMS];
	uint64_t seed;
	size_t i;

	for (i = 0; i < NR_PARAMS; i++)
		counts[i] = i == PARAM_lock || !sw->axes.axis[i].n ?
				    1 :
				    sw->axes.axis[i].n;
	seed = strtoull(sw->axes.axis[PARAM_seed].values[0], NULL, 10);
	return plan_make(&sw->plan, counts, NR_PARAMS,
			 sw->axes.axis[PARAM_lock].n, repeats, seed, m);
}

/**
 * sweep_wants_sentinel() - Does a sweep have a sentinel, where it can?
 * @sw: planned sweep
 *
 * Below ROUNDS_MIN rounds nothing can be said of a difference, with a sentinel
 * or without, and the runs of one lock would take twice their time.
 */
bool sweep_wants_sentinel(const struct sweep *sw)
{
	return !sw->no_sentinel && sw->plan.nr_reps >= ROUNDS_MIN;
}

/**
 * sweep_sentinel_owner() - Which cell stands for all that have one sentinel?
 * @sw: planned sweep
 * @cell: number of a cell
 *
 * Knobs are those of tokens, so cells that differ in nothing else would have the
 * same run of the sentinel: in a sweep of knobs it runs once per round, and
 * else once per round and cell, since every other parameter changes what it does.
 *
 * Return: number of the cell with the same values, but the first of each knob.
 */
size_t sweep_sentinel_owner(const struct sweep *sw, size_t cell)
{
	const struct plan *plan = &sw->plan;
	size_t owner = 0, i;

	for (i = 0; i < plan->nr_axes; i++)
		owner = owner * plan->counts[i] +
			(params_is_knob(i) ? 0 : plan_value(plan, cell, i));
	return owner;
}

static bool runs_none(const struct sweep *sw, size_t cell)
{
	const struct axis *locks = &sw->axes.axis[PARAM_lock];
	size_t i = sweep_find_lock(locks, SENTINEL_LOCK);

	return i < locks->n && sw->plan.runs[cell * locks->n + i];
}

/**
 * sweep_set_sentinel() - Add the runs of the sentinel
 * @sw: planned sweep, from which everything was taken that is left out
 * @can: for each cell that is an owner: can none run there?
 * @m: receives the reason on error
 *
 * Where none itself is one of the locks, it is its own sentinel.
 *
 * Return: false if the sweep becomes too large.
 */
bool sweep_set_sentinel(struct sweep *sw, const bool *can, struct msg *m)
{
	size_t n = sw->plan.nr_cells;
	size_t *of_cell = xcalloc(n, sizeof(*of_cell));
	size_t i;

	for (i = 0; i < n; i++) {
		of_cell[i] = sweep_sentinel_owner(sw, i);
		if (!can[of_cell[i]] || runs_none(sw, i))
			of_cell[i] = PLAN_NO_SENTINEL;
	}
	return plan_set_sentinel(&sw->plan, of_cell, m);
}

static uint64_t number_of(const struct sweep *sw, const struct plan_step *step,
			  enum param_id id)
{
	return strtoull(value_of(sw, step, id), NULL, 10);
}

static bool is_knob_of_any(const struct sweep *sw, enum param_id id)
{
	const struct axis *locks = &sw->axes.axis[PARAM_lock];
	size_t i;

	for (i = 0; i < locks->n; i++)
		if (knobs_has(&sw->knobs, id, locks->values[i]))
			return true;
	return false;
}

/**
 * sweep_check_knobs() - Has at least one lock each knob that was asked for?
 * @sw: the sweep
 * @m: receives the reason on error, with the locks that have the knob
 *
 * The module would not object, but the knob would be swept without any effect.
 *
 * Return: true if each has.
 */
bool sweep_check_knobs(const struct sweep *sw, struct msg *m)
{
	const struct axis *locks = &sw->axes.axis[PARAM_lock];
	char *asked;
	size_t id, i;

	for (id = FIRST_KNOB; id < NR_PARAMS; id++) {
		const char *have;

		if (!sw->axes.axis[id].n || is_knob_of_any(sw, id))
			continue;
		have = knobs_locks(&sw->knobs, id);
		asked = xstrdup("");
		for (i = 0; i < locks->n; i++)
			asked = variants_append(asked, locks->values[i]);
		msg_set(m,
			"--%s: no lock asked for (%s) has such a mechanism; %s%s",
			params_option(id), asked,
			*have ? "locks that have it: " :
				"no lock of the loaded module has it",
			have);
		free(asked);
		return false;
	}
	return true;
}

/**
 * sweep_step_ms() - How long is a run?
 * @sw: planned sweep
 * @step: the run
 *
 * Return: milliseconds of its warm-up and its measured window.
 */
uint64_t sweep_step_ms(const struct sweep *sw, const struct plan_step *step)
{
	return number_of(sw, step, PARAM_warmup_ms) +
	       number_of(sw, step, PARAM_duration_ms);
}

/**
 * sweep_nominal_ms() - How long will runs take?
 * @sw: planned sweep
 * @first: index of the first of them; all that stand behind it count, but for
 *	   those that have been made already
 * @runs: receives their number; may be NULL
 *
 * Return: milliseconds of warm-up and measured windows; starting and
 * stopping threads comes on top.
 */
uint64_t sweep_nominal_ms(const struct sweep *sw, size_t first, size_t *runs)
{
	uint64_t sum = 0;
	size_t n = 0, i;

	for (i = first; i < sw->plan.nr_steps; i++) {
		if (sw->plan.steps[i].made)
			continue;
		sum += sweep_step_ms(sw, &sw->plan.steps[i]);
		n++;
	}
	if (runs)
		*runs = n;
	return sum;
}

/**
 * sweep_describe() - What tells the cell of a run from the others
 * @sw: planned sweep
 * @step: the run
 * @out: receives the text, like "threads_per_cpu=4 hold=500 ns"
 * @len: its size
 */
void sweep_describe(const struct sweep *sw, const struct plan_step *step,
		    char *out, size_t len)
{
	char title[PARAM_FILE_MAX], value[UNITS_MAX];
	size_t n = 0, i;

	*out = '\0';
	for (i = 0; i < NR_PARAMS && n < len; i++)
		if (i != PARAM_lock && sw->axes.axis[i].n > 1)
			n += snprintf(out + n, len - n, "%s%s=%s", n ? " " : "",
				      params_title(params[i].name, title),
				      params_show(i, cell_value(sw, step, i),
						  value));
}

/**
 * sweep_free() - Free a sweep
 * @sw: sweep to empty
 */
void sweep_free(struct sweep *sw)
{
	axes_free(&sw->axes);
	knobs_free(&sw->knobs);
	plan_free(&sw->plan);
	free(sw->named);
	sw->named = NULL;
	json_object_put(sw->left_out);
	sw->left_out = NULL;
}
