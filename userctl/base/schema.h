/* SPDX-License-Identifier: GPL-2.0 */
/* What a document may hold: tokctl.schema.json is part of the program. */
#ifndef _SCHEMA_H
#define _SCHEMA_H

#include <json-c/json.h>
#include <stdbool.h>

#include "msg.h"

/* The text of the file. */
extern const char schema_text[];

struct json_object *schema_find(const char *definition, const char *key);
bool schema_is_text(const char *definition, const char *key);
bool schema_check(struct json_object *doc, struct msg *m);
bool schema_refuse(struct msg *m, const char *place, struct json_object *value,
		   const char *wanted);

#endif /* _SCHEMA_H */
