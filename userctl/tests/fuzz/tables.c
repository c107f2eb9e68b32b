// SPDX-License-Identifier: GPL-2.0
/* The files variants and parameters, and what -l makes of the first of them. */
#include <stdlib.h>
#include <string.h>

#include "kernel/knobs.h"
#include "sweep/sweep.h"
#include "table/out.h"
#include "target.h"

static void check_locks(const struct variants *vs, const char *locks)
{
	struct sweep sw = { 0 };
	struct screen s;
	struct msg m;

	screen_open(&s);
	out_locks(s.f, vs);
	variants_print_groups(s.f);
	if (axes_add(&sw.axes, PARAM_lock, *locks ? locks : "all", &m) &&
	    axes_add(&sw.axes, PARAM_hold_ns, "1us,2us", &m) &&
	    axes_add(&sw.axes, PARAM_think_ns, "0", &m) &&
	    axes_complete(&sw.axes, &m) && sweep_set_locks(&sw, vs, &m)) {
		assert(sw.axes.axis[PARAM_lock].n);
		if (sweep_plan(&sw, 2, &m))
			sweep_print(&sw, s.f);
	}
	sweep_free(&sw);
	screen_close(&s);
}

static void run(const uint8_t *data, size_t size)
{
	char *text = target_text(data, size);
	struct variants vs = { 0 };
	struct knobs k = { 0 };
	char *rest = text;
	char *variants, *parameters, *locks;
	struct msg m = { "" };
	enum param_id id;

	variants = target_piece(&rest);
	parameters = target_piece(&rest);
	locks = target_piece(&rest);
	if (parameters) {
		if (knobs_parse(&k, parameters, &m))
			for (id = FIRST_KNOB; id < NR_PARAMS; id++)
				knobs_has(&k, id, "mutex");
		else
			assert(*m.text);
		knobs_free(&k);
	}
	if (variants_parse(&vs, variants, &m))
		check_locks(&vs, locks ? locks : "");
	else
		assert(*m.text);
	variants_free(&vs);
	free(text);
}

const struct target target_tables = { "tables", run, false };
