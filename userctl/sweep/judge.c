// SPDX-License-Identifier: GPL-2.0
/*
 * The module is asked about every lock in every cell before the first run: a
 * sweep can take hours, and what is refused in its last cell should have been
 * refused at once. What a word like "all" brought in and cannot be run is left
 * out; what was asked for by its name is an error.
 */
#include <err.h>
#include <errno.h>

#include "base/json.h"
#include "base/status.h"
#include "base/xalloc.h"
#include "judge.h"
#include "kernel/runner.h"
#include "leftout.h"
#include "table/out.h"

/* So many questions take seconds, and silence looks like a hang. */
#define MANY 1000

/* The lock is the outer loop: changing it resets its knobs. */
static int ask(const struct sweep *sw, const struct dbgfs *d, char **why)
{
	const struct plan *plan = &sw->plan;
	const char *values[NR_PARAMS];
	const char *written[NR_PARAMS] = { NULL };
	struct plan_step step = { 0 };
	int ret = ST_OK;

	if (plan->nr_cells * plan->nr_locks >= MANY)
		warnx("asking the module about %zu runs",
		      plan->nr_cells * plan->nr_locks);
	for (; step.lock < plan->nr_locks && !ret; step.lock++) {
		for (step.cell = 0; step.cell < plan->nr_cells && !ret;
		     step.cell++) {
			sweep_values(sw, &step, values);
			ret = runner_check(d, values, written,
					   &why[step.cell * plan->nr_locks +
						step.lock]);
		}
	}
	return ret;
}

static void complain(const char *what, struct json_object *list)
{
	char before[64];

	snprintf(before, sizeof(before), "%s: %s",
		 program_invocation_short_name, what);
	out_refusals(stderr, before, list);
}

static int decide(struct sweep *sw, char *const *why)
{
	size_t nr_locks = sw->plan.nr_locks;
	bool *by_word = xcalloc(nr_locks, sizeof(*by_word));
	struct json_object *refused;
	int ret = ST_OK;
	size_t i;

	for (i = 0; i < nr_locks; i++)
		by_word[i] = !sw->named[i];
	refused = leftout_list(&sw->plan, &sw->axes, why, sw->named);
	sw->left_out = leftout_list(&sw->plan, &sw->axes, why, by_word);
	free(by_word);
	plan_leave_out(&sw->plan, why);
	if (json_length(refused)) {
		complain("refused by the module: ", refused);
		ret = ST_USAGE;
	} else {
		complain("left out: ", sw->left_out);
		if (!sw->plan.nr_steps) {
			warnx("no lock is left that could run; see: tokctl list locks");
			ret = ST_USAGE;
		}
	}
	json_object_put(refused);
	return ret;
}

/**
 * judge_sweep() - Have the module judge every run before the first
 * @sw: planned sweep; loses the runs that are left out, and gets the list of
 *	them
 * @d: open module that this process owns; its configuration is overwritten
 *
 * Return: ST_OK if there are runs left and no lock was refused that was asked
 * for by its name; else an exit status after messages that name all of them.
 */
int judge_sweep(struct sweep *sw, const struct dbgfs *d)
{
	size_t n = sw->plan.nr_cells * sw->plan.nr_locks;
	char **why = xcalloc(n, sizeof(*why));
	size_t i;
	int ret;

	ret = ask(sw, d, why);
	if (!ret)
		ret = decide(sw, why);
	for (i = 0; i < n; i++)
		free(why[i]);
	free(why);
	return ret;
}

/* Ask where none can run. */
static int ask_sentinel(const struct sweep *sw, const struct dbgfs *d,
			bool *can)
{
	struct plan_step step = { .lock = sw->plan.nr_locks };
	const char *written[NR_PARAMS] = { NULL };
	const char *values[NR_PARAMS];
	bool said = false;
	char *why;
	size_t i;
	int ret;

	for (i = 0; i < sw->plan.nr_cells; i++) {
		if (sweep_sentinel_owner(sw, i) != i)
			continue;
		step.cell = i;
		sweep_values(sw, &step, values);
		ret = runner_check(d, values, written, &why);
		if (ret)
			return ret;
		can[i] = !why;
		if (why && !said)
			warnx("no sentinel where none cannot run: %s", why);
		said |= !!why;
		free(why);
	}
	return ST_OK;
}

/**
 * judge_sentinel() - Add the sentinel to a sweep, where it can run
 * @sw: sweep that was judged
 * @d: open module that this process owns; NULL: it is not asked
 *
 * Return: ST_OK, or an exit status after a message.
 */
int judge_sentinel(struct sweep *sw, const struct dbgfs *d)
{
	bool *can = xcalloc(sw->plan.nr_cells, sizeof(*can));
	int ret = ST_OK;
	struct msg m;

	memset(can, !d, sw->plan.nr_cells * sizeof(*can));
	if (sweep_wants_sentinel(sw)) {
		if (d)
			ret = ask_sentinel(sw, d, can);
		if (!ret && !sweep_set_sentinel(sw, can, &m)) {
			warnx("%s; or leave out the sentinel: --no-sentinel",
			      m.text);
			ret = ST_USAGE;
		}
	}
	free(can);
	return ret;
}
