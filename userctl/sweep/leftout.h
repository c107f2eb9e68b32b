/* SPDX-License-Identifier: GPL-2.0 */
/* Which locks the module refuses in which cells of a sweep. */
#ifndef _LEFTOUT_H
#define _LEFTOUT_H

#include <json-c/json.h>
#include <stdbool.h>

#include "kernel/axes.h"
#include "plan.h"

struct json_object *leftout_list(const struct plan *plan,
				 const struct axes *axes, char *const *why,
				 const bool *wanted);

#endif /* _LEFTOUT_H */
