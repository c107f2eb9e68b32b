/* SPDX-License-Identifier: GPL-2.0 */
/* A sweep: all values, all locks, and the order of the runs. */
#ifndef _SWEEP_H
#define _SWEEP_H

#include <json-c/json.h>
#include <stdio.h>

#include "kernel/axes.h"
#include "kernel/dbgfs.h"
#include "kernel/knobs.h"
#include "kernel/variants.h"
#include "plan.h"
#include "rounds.h"
#include "saver.h"

/**
 * struct sweep - A sweep
 * @axes: all values
 * @plan: the runs and their order
 * @rounds: when to stop, if the number of rounds is not fixed
 * @knobs: which lock has which knob
 * @reference: index of the lock that the others are compared with
 * @status_ms: a line says so often how far it is; 0: as a terminal asks for
 * @no_sentinel: rounds have no run of the sentinel
 * @named: for each lock: was it asked for by its name?
 * @left_out: what the module refuses and was not asked for by name, see
 *	      leftout_list(); NULL: the module was not asked
 */
struct sweep {
	struct axes axes;
	struct plan plan;
	struct rounds rounds;
	struct knobs knobs;
	size_t reference;
	uint64_t status_ms;
	bool no_sentinel;
	bool *named;
	struct json_object *left_out;
};

size_t sweep_find_lock(const struct axis *locks, const char *name);
bool sweep_set_locks(struct sweep *sw, const struct variants *vs,
		     struct msg *m);
bool sweep_check_knobs(const struct sweep *sw, struct msg *m);
bool sweep_set_reference(struct sweep *sw, const char *name, struct msg *m);
void sweep_freeze_cpus(struct sweep *sw, const char *online);
bool sweep_plan(struct sweep *sw, size_t repeats, struct msg *m);
bool sweep_wants_sentinel(const struct sweep *sw);
size_t sweep_sentinel_owner(const struct sweep *sw, size_t cell);
bool sweep_set_sentinel(struct sweep *sw, const bool *can, struct msg *m);
const char *sweep_lock(const struct sweep *sw, const struct plan_step *step);
void sweep_values(const struct sweep *sw, const struct plan_step *step,
		  const char *values[NR_PARAMS]);
uint64_t sweep_step_ms(const struct sweep *sw, const struct plan_step *step);
uint64_t sweep_nominal_ms(const struct sweep *sw, size_t first, size_t *runs);
void sweep_describe(const struct sweep *sw, const struct plan_step *step,
		    char *out, size_t len);
void sweep_free(struct sweep *sw);

/* sweep_print.c */
void sweep_print(const struct sweep *sw, FILE *f);

/* sweep_run.c */
int sweep_run(struct sweep *sw, const struct dbgfs *d, struct json_object *doc,
	      struct saver *save, bool quiet, bool *complete);

#endif /* _SWEEP_H */
