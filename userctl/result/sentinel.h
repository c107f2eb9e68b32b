/* SPDX-License-Identifier: GPL-2.0 */
/* The lock that is none: what of a result is the machine's. */
#ifndef _SENTINEL_H
#define _SENTINEL_H

#include <json-c/json.h>
#include <stdbool.h>

#include "stats/sample.h"

/* Its lock, and how a run of it is called among those of locks. */
#define SENTINEL_LOCK "none"
#define SENTINEL_NAME "none (sentinel)"

struct sample sentinel_sample(struct json_object *doc, double cell);
struct sample sentinel_divide(const struct sample *s, const struct sample *by);

#endif /* _SENTINEL_H */
