/* SPDX-License-Identifier: GPL-2.0 */
/* Which lock of the loaded module has which knob. */
#ifndef _KNOBS_H
#define _KNOBS_H

#include <stdbool.h>

#include "base/msg.h"
#include "params.h"

/**
 * struct knobs - The knobs of the loaded module
 * @known: the module was asked; until then every lock may have every knob
 * @locks: per knob, from FIRST_KNOB on, the locks that have it as a comma
 *	   list; NULL: a knob this module does not know
 */
struct knobs {
	bool known;
	char *locks[NR_PARAMS - FIRST_KNOB];
};

bool knobs_parse(struct knobs *k, char *text, struct msg *m);
bool knobs_has(const struct knobs *k, enum param_id id, const char *lock);
const char *knobs_locks(const struct knobs *k, enum param_id id);
void knobs_free(struct knobs *k);

#endif /* _KNOBS_H */
