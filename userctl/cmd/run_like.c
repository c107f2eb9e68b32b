// SPDX-License-Identifier: GPL-2.0
/* tokctl run --like: a saved run once more. */
#include <stdlib.h>

#include "base/json.h"
#include "base/status.h"
#include "result/doc.h"
#include "run_opts.h"
#include "sweep/doc_plan.h"

/* Values of a plan: a list, or one that does not vary. */
static bool add_values(struct axes *axes, enum param_id id,
		       struct json_object *values, struct msg *m)
{
	struct json_object *value;
	const char *text;
	size_t i;

	if (!json_object_is_type(values, json_type_array)) {
		text = json_object_get_string(values);
		/* The empty text is what the option cannot say: the default. */
		return !text || !*text || axes_add(axes, id, text, m);
	}
	json_for_each(i, value, values) {
		text = json_object_get_string(value);
		if (!axes_add(axes, id, text ? text : "", m))
			return false;
	}
	return true;
}

/**
 * run_like() - Take what the command line leaves open from a saved run
 * @o: what was asked for; gets locks, values and repeats of the file of --like
 * @state: for errors, which do not return
 */
void run_like(struct opts *o, struct argp_state *state)
{
	struct json_object *doc = doc_load(o->like);
	struct json_object *values;
	char quoted[MSG_QUOTE_MAX];
	double repeats;
	struct msg m;
	size_t i;

	if (!doc)
		exit(ST_USAGE);
	if (!json_object_at(doc, "plan.constants"))
		argp_error(state,
			   "--like: %s has no plan that could be repeated (plan.constants)",
			   msg_quote(quoted, o->like));
	for (i = 0; i < NR_PARAMS; i++) {
		values = i == PARAM_lock ? json_array(doc, "plan.locks") :
					   plan_values(doc, params[i].name);
		if (!o->sw.axes.axis[i].n && values &&
		    !add_values(&o->sw.axes, i, values, &m))
			argp_error(state, "--like: %s: %s",
				   msg_quote(quoted, o->like), m.text);
	}
	if (!o->repeats && json_object_at(doc, "plan.auto")) {
		o->sw.rounds.on = true;
		o->repeats = ROUNDS_MIN;
	} else if (!o->repeats && json_number(doc, "plan.repeats", &repeats) &&
		   repeats >= 1 && repeats <= REPEATS_MAX) {
		o->repeats = repeats;
	}
	json_object_put(doc);
}
