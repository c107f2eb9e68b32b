/* SPDX-License-Identifier: GPL-2.0 */
/* One run of the module, from its configuration to its result. */
#ifndef _RUNNER_H
#define _RUNNER_H

#include <json-c/json.h>

#include "dbgfs.h"
#include "params.h"
#include "progress.h"

int runner_check_idle(const struct dbgfs *d);
int runner_check(const struct dbgfs *d, const char *const values[NR_PARAMS],
		 const char *written[NR_PARAMS], char **why);
int runner_run(const struct dbgfs *d, const char *const values[NR_PARAMS],
	       struct progress *p, struct json_object **result, bool *stopped);

#endif /* _RUNNER_H */
