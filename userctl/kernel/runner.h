/* SPDX-License-Identifier: GPL-2.0 */
/* One run of the module, from its configuration to its result. */
#ifndef _RUNNER_H
#define _RUNNER_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stdint.h>

#include "dbgfs.h"
#include "params.h"

/**
 * struct runner_watch - What is told how far a run is
 * @tick: the run is that far, of its nominal time
 * @clear: a message is going to be printed, or the run has ended
 * @arg: for both
 * @live: is to be told several times a second
 */
struct runner_watch {
	void (*tick)(void *arg, uint64_t elapsed_ms, uint64_t total_ms);
	void (*clear)(void *arg);
	void *arg;
	bool live;
};

int runner_check_idle(const struct dbgfs *d);
int runner_check(const struct dbgfs *d, const char *const values[NR_PARAMS],
		 const char *written[NR_PARAMS], char **why);
int runner_run(const struct dbgfs *d, const char *const values[NR_PARAMS],
	       const struct runner_watch *w, struct json_object **result,
	       bool *stopped);

#endif /* _RUNNER_H */
