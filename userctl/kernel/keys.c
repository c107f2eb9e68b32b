// SPDX-License-Identifier: GPL-2.0
/*
 * Which keys a result can have. A lock leaves out what it cannot produce, so
 * a missing key alone does not tell a typing error from a lock without such
 * a counter; the schema does. Pure.
 */
#include <string.h>

#include "base/schema.h"
#include "keys.h"

/**
 * keys_known() - Can a result of the module have this key?
 * @key: dotted key, or the name of a section
 */
bool keys_known(const char *key)
{
	/* What tokctl adds to the runs of its documents. */
	static const char *const added[] = { "id", "cell", "repeat",
					     "sentinel" };
	size_t i;

	for (i = 0; i < sizeof(added) / sizeof(added[0]); i++)
		if (!strcmp(key, added[i]))
			return false;
	return !strcmp(key, "state") || schema_find("run", key);
}

/**
 * keys_is_text() - Is the value of this key text, whatever it looks like?
 * @key: dotted key of the file summary, or a column of the file threads
 *
 * A version like "6.1" is no number.
 */
bool keys_is_text(const char *key)
{
	return schema_is_text("run", key) || schema_is_text("thread", key);
}
