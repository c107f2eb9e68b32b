// SPDX-License-Identifier: GPL-2.0
/* How a result of a simulated machine is marked, wherever it is shown. */
#include "simulated.h"

#include <string.h>

#include "base/json.h"
#include "base/xalloc.h"

/**
 * simulated_note() - What a result of a simulated machine has to say of itself
 * @certificate: of a run, or NULL
 *
 * Return: one sentence with the machine, its seed and the model, to be freed; NULL if
 * the run is not one of a simulated machine.
 */
char *simulated_note(struct json_object *certificate)
{
	const char *machine;

	machine = certificate ? json_text(certificate, "sim_machine") : NULL;
	if (!machine)
		return NULL;
	return xasprintf("Simulated: machine %.*s, seed %s, model %s; times are those of a model.",
			 (int)strcspn(machine, ","), machine,
			 json_text_or(certificate, "sim_seed", "?"),
			 json_text_or(certificate, "sim_model", "?"));
}
