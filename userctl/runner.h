/* SPDX-License-Identifier: GPL-2.0 */
/* One run of the module, from its configuration to its result. */
#ifndef _RUNNER_H
#define _RUNNER_H

#include <json-c/json.h>

#include "axes.h"
#include "dbgfs.h"
#include "knobs.h"
#include "progress.h"

int runner_check_idle(const struct dbgfs *d);
int runner_check_values(const struct dbgfs *d, const struct axes *axes,
			const struct knobs *knobs);
int runner_run(const struct dbgfs *d, const char *const values[NR_PARAMS],
	       struct progress *p, struct json_object **result, bool *stopped);

#endif /* _RUNNER_H */
