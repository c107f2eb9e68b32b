// SPDX-License-Identifier: GPL-2.0
/*
 * sim-machine.c - what scripts/sim-machine prints: the machines of the lab "sim", and
 * one with all its constants. Built with module/sim.
 */
#include "sim/machine.h"

static void list_machines(void)
{
	const struct sim_machine *m;
	u32 i;

	for (i = 0; (m = sim_machine_at(i)); i++)
		printf("%-12s %s\n", m->name, m->source);
}

int main(int argc, char **argv)
{
	char error[SIM_ERROR_MAX], text[512];
	struct sim_machine m;

	if (argc < 2) {
		list_machines();
		return 0;
	}
	if (sim_machine_choose(&m, argv[1], error)) {
		fprintf(stderr, "%s\n", error);
		return 2;
	}
	sim_machine_print(&m, text, sizeof(text));
	puts(text);
	return 0;
}
