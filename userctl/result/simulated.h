/* SPDX-License-Identifier: GPL-2.0 */
/* How a result of a simulated machine is marked. */
#ifndef _SIMULATED_H
#define _SIMULATED_H

#include <json-c/json.h>

char *simulated_note(struct json_object *certificate);

#endif /* _SIMULATED_H */
