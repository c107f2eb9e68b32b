// SPDX-License-Identifier: GPL-2.0
/*
 * A document that is to be continued by
 *
 *   tokctl run -l mutex,token-poll --hold 2us --think 0 --warmup 0
 *	--duration 10ms --threads-per-cpu 1,4 -n 2 --resume FILE
 *
 * or with -n auto. What is taken over belongs to the plan, each run once, and
 * makes a document that can be read again.
 */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "result/doc.h"
#include "sweep/doc_plan.h"
#include "sweep/resume.h"
#include "target.h"

static bool make_sweep(struct sweep *sw, bool automatic)
{
	static const struct {
		enum param_id id;
		const char *text;
	} given[] = {
		{ PARAM_lock, "mutex,token-poll" },
		{ PARAM_hold_ns, "2us" },
		{ PARAM_think_ns, "0" },
		{ PARAM_warmup_ms, "0" },
		{ PARAM_duration_ms, "10" },
		{ PARAM_threads_per_cpu, "1,4" },
	};
	struct msg m;
	size_t i;

	*sw = (struct sweep){ .rounds = { .on = automatic,
					  .precision = 0.03,
					  .max_time_s = 600,
					  .max_rounds = 100 } };
	for (i = 0; i < sizeof(given) / sizeof(given[0]); i++)
		if (!axes_add(&sw->axes, given[i].id, given[i].text, &m))
			return false;
	return axes_complete(&sw->axes, &m) &&
	       sweep_plan(sw, automatic ? ROUNDS_MIN : 2, &m);
}

static void check_taken(const struct sweep *sw, struct json_object *doc,
			const struct resume_count *count)
{
	size_t made = 0;
	size_t i;

	for (i = 0; i < sw->plan.nr_steps; i++)
		made += sw->plan.steps[i].made;
	assert(made == count->kept && doc_nr_runs(doc) == count->kept);
	assert(sw->plan.nr_steps <= PLAN_STEPS_MAX);
}

static void take_over(struct sweep *sw, struct json_object *old)
{
	struct json_object *doc = doc_new(NULL, "9.8.7");
	struct resume_count count;
	struct msg m = { "" };

	doc_set_plan(doc, &sw->axes, &sw->plan, &sw->rounds);
	doc_set_reference(doc, "mutex");
	if (resume_same_plan(old, sw, &m)) {
		resume_same_place(old, doc, &m);
		if (resume_take(old, doc, sw, &count, &m)) {
			doc_set_rounds(doc, &sw->plan, &sw->rounds);
			doc_set_resumed(doc, old, count.kept);
			check_taken(sw, doc, &count);
			doc_finish(doc, true);
			assert(doc_is_sound(doc, &m));
		} else {
			assert(*m.text);
		}
	} else {
		assert(*m.text);
	}
	json_object_put(doc);
}

static void run(const uint8_t *data, size_t size)
{
	char *text = target_text(data, size);
	struct json_object *old, *unused;
	struct sweep sw;
	struct msg m;
	bool made;

	old = doc_parse(text, size, &m);
	if (old) {
		made = make_sweep(&sw, json_find(old, "plan.auto", &unused));
		assert(made);
		take_over(&sw, old);
		sweep_free(&sw);
	}
	json_object_put(old);
	free(text);
}

const struct target target_resume = { "resume", run, true };
