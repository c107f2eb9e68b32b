// SPDX-License-Identifier: GPL-2.0
/*
 * A simulated machine: whether tokctl runs on one, and how a result of one is marked,
 * wherever it is shown.
 */
#include "simulated.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/xalloc.h"

/**
 * simulated_here() - Does tokctl run on a simulated machine?
 *
 * Its time is virtual: what a user waits for is not what a clock here shows.
 */
bool simulated_here(void)
{
	const char *lab = getenv("TOKBENCH_LAB");

	return lab && !strcmp(lab, "sim");
}

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
