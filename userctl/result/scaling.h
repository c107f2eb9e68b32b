/* SPDX-License-Identifier: GPL-2.0 */
/* How the throughput of each lock goes with the number of threads. */
#ifndef _SCALING_H
#define _SCALING_H

#include <json-c/json.h>

struct json_object *scaling_make(struct json_object *doc);

#endif /* _SCALING_H */
