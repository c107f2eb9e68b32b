// SPDX-License-Identifier: GPL-2.0
/* Is a result that of the parameters asked for? Pure. */
#include <stdio.h>

#include "base/json.h"
#include "echo.h"

/**
 * echo_differs() - Compare what a result echoes with what was asked for
 * @run: the result
 * @values: a value for every parameter; NULL: was not asked for
 * @echoed: receives the other value, borrowed from @run, or NULL if the result
 *	    says nothing about it
 *
 * Return: the first parameter that differs; NR_PARAMS if none does.
 */
enum param_id echo_differs(struct json_object *run,
			   const char *const values[NR_PARAMS],
			   const char **echoed)
{
	char key[96];
	size_t i;

	for (i = 0; i < NR_PARAMS; i++) {
		if (!values[i])
			continue;
		snprintf(key, sizeof(key), "params.%s", params[i].name);
		*echoed = json_text(run, key);
		if (!*echoed || !params_equal(i, values[i], *echoed))
			break;
	}
	return i;
}
