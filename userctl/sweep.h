/* SPDX-License-Identifier: GPL-2.0 */
/* A sweep: all values, all locks, and the order of the runs. */
#ifndef _SWEEP_H
#define _SWEEP_H

#include <json-c/json.h>
#include <stdio.h>

#include "axes.h"
#include "dbgfs.h"
#include "knobs.h"
#include "plan.h"
#include "variants.h"

struct sweep {
	struct axes axes;
	struct plan plan;
	struct knobs knobs;
};

bool sweep_set_locks(struct sweep *sw, const struct variants *vs,
		     struct msg *m);
bool sweep_check_cells(const struct sweep *sw, const struct variants *vs,
		       struct msg *m);
bool sweep_plan(struct sweep *sw, size_t repeats, struct msg *m);
uint64_t sweep_nominal_ms(const struct sweep *sw);
void sweep_print(const struct sweep *sw, FILE *f);
int sweep_run(const struct sweep *sw, const struct dbgfs *d,
	      struct json_object *doc, bool quiet, bool *complete);
void sweep_free(struct sweep *sw);

#endif /* _SWEEP_H */
