/* SPDX-License-Identifier: GPL-2.0 */
/* From runs to samples. */
#ifndef _SAMPLE_RUNS_H
#define _SAMPLE_RUNS_H

#include <json-c/json.h>
#include <stddef.h>

#include "stats/sample.h"

struct sample sample_of_runs(struct json_object *const *runs, size_t n);
struct sample sample_of_waits(struct json_object *const *runs, size_t n);

#endif /* _SAMPLE_RUNS_H */
