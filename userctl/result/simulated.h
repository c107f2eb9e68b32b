/* SPDX-License-Identifier: GPL-2.0 */
/* A simulated machine: is this one, and how its results are marked. */
#ifndef _SIMULATED_H
#define _SIMULATED_H

#include <json-c/json.h>
#include <stdbool.h>

bool simulated_here(void);
char *simulated_note(struct json_object *certificate);

#endif /* _SIMULATED_H */
