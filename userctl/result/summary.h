/* SPDX-License-Identifier: GPL-2.0 */
/* What the repeats of one lock in one cell amount to. */
#ifndef _SUMMARY_H
#define _SUMMARY_H

#include <json-c/json.h>
#include <stdbool.h>

struct json_object *summary_make(struct json_object *doc);
struct json_object *summary_brief(struct json_object *doc, bool look);

#endif /* _SUMMARY_H */
