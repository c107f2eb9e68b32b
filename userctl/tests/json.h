/* SPDX-License-Identifier: GPL-2.0 */
/* Documents of unit tests, as they are read best. */
#ifndef _TESTS_JSON_H
#define _TESTS_JSON_H

#include "base/json.h"
#include "base/xalloc.h"
#include "tests/unit.h"

/* JSON from a text, in which json-c takes ' for the other quote. */
static inline struct json_object *json_of(const char *text)
{
	struct json_object *o = json_tokener_parse(text);

	if (!o)
		fail_msg("%s", text);
	return o;
}

/* Likewise, with the rest of the arguments in it as printf does. */
#define json_ofmt(...)                                   \
	({                                               \
		char *text_ = xasprintf(__VA_ARGS__);    \
		struct json_object *o_ = json_of(text_); \
		free(text_);                             \
		o_;                                      \
	})

#endif /* _TESTS_JSON_H */
