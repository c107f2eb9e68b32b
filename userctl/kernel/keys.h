/* SPDX-License-Identifier: GPL-2.0 */
/* The keys of a result, as the schema describes them. */
#ifndef _KEYS_H
#define _KEYS_H

#include <stdbool.h>

#define KEYS_SECTIONS                                                      \
	"state, run, lock, verdict, reasons, flags, params, certificate, " \
	"totals, latency, groups, phases, threads"

bool keys_known(const char *key);
bool keys_is_text(const char *key);

#endif /* _KEYS_H */
