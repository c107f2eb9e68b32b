// SPDX-License-Identifier: GPL-2.0
/*
 * A door between two worlds whose headers do not go together: tokctl's parsers
 * ask the module's, which must take whatever they let through.
 */
#include "shim/shim.h"

#include "config/config.h"
#include "config/refusal.h"
#include "config/variant.h"
#include "target.h"

bool bridge_sets(const char *name, const char *value)
{
	static struct tb_config c;
	char reason[TB_REASON_MAX];
	u32 i;

	shim_set_cpus(SHIM_CPUS_MAX);
	tb_config_default(&c);
	for (i = 0; i < TB_SETTING_COUNT; i++) {
		if (strcmp(tb_setting_name(i), name) != 0)
			continue;
		/* A knob needs a lock that has it. */
		for (c.lock = 0; c.lock < TB_VARIANT_COUNT; c.lock++)
			if (!tb_config_set(&c, i, value, strlen(value)))
				return true;
		tb_refusal_print(reason, sizeof(reason));
		fprintf(stderr, "%s\n", reason);
		return false;
	}
	return false;
}
