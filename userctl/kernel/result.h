/* SPDX-License-Identifier: GPL-2.0 */
/* The result of one run. */
#ifndef _RESULT_H
#define _RESULT_H

#include <json-c/json.h>

#include "base/msg.h"
#include "dbgfs.h"

struct json_object *result_parse(const char *summary, const char *threads,
				 const char *histogram, struct msg *m);
int result_read(const struct dbgfs *d, struct json_object **run);

#endif /* _RESULT_H */
