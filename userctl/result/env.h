/* SPDX-License-Identifier: GPL-2.0 */
/* Where a measurement was made. */
#ifndef _ENV_H
#define _ENV_H

#include <json-c/json.h>

struct json_object *env_read(const char *module_version);

#endif /* _ENV_H */
