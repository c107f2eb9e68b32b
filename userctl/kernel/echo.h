/* SPDX-License-Identifier: GPL-2.0 */
/* Is a result that of the parameters asked for? */
#ifndef _ECHO_H
#define _ECHO_H

#include <json-c/json.h>

#include "params.h"

enum param_id echo_differs(struct json_object *run,
			   const char *const values[NR_PARAMS],
			   const char **echoed);

#endif /* _ECHO_H */
