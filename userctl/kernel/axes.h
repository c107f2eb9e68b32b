/* SPDX-License-Identifier: GPL-2.0 */
/* The values asked for on the command line, per parameter. */
#ifndef _AXES_H
#define _AXES_H

#include <stdbool.h>
#include <stddef.h>

#include "params.h"

/* More values than this on one axis are a mistake, not a sweep. */
#define AXIS_VALUES_MAX 1000

struct axis {
	char **values; /* as written to config/NAME */
	size_t n;
};

/**
 * struct axes - What to run with
 * @axis: indexed by enum param_id; the axis PARAM_lock holds the locks; the
 *	  axis of a knob is empty where the lock's own default shall stay
 */
struct axes {
	struct axis axis[NR_PARAMS];
};

bool axes_add(struct axes *axes, enum param_id id, const char *text,
	      struct msg *m);
bool axes_complete(struct axes *axes, struct msg *m);
void axes_short_window(struct axes *axes, bool duration, bool warmup);
void axes_choose_window(struct axes *axes, bool brief, bool duration,
			bool warmup);
void axes_free(struct axes *axes);

#endif /* _AXES_H */
