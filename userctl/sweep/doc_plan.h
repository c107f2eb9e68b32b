/* SPDX-License-Identifier: GPL-2.0 */
/* What the document says of the plan of a sweep. */
#ifndef _DOC_PLAN_H
#define _DOC_PLAN_H

#include <json-c/json.h>

#include "kernel/axes.h"
#include "plan.h"
#include "rounds.h"

void doc_set_plan(struct json_object *doc, const struct axes *axes,
		  const struct plan *plan, const struct rounds *rounds);
struct json_object *plan_values(struct json_object *doc, const char *name);
void doc_set_rounds(struct json_object *doc, const struct plan *plan,
		    const struct rounds *rounds);

#endif /* _DOC_PLAN_H */
