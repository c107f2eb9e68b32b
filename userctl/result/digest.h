/* SPDX-License-Identifier: GPL-2.0 */
/* Did all locks have the same operations? */
#ifndef _DIGEST_H
#define _DIGEST_H

#include <json-c/json.h>

struct json_object *digest_odd_run(struct json_object *doc);

#endif /* _DIGEST_H */
