/* SPDX-License-Identifier: GPL-2.0 */
/* Lists of CPUs in the kernel's notation. */
#ifndef _CPULIST_H
#define _CPULIST_H

#include <stdbool.h>

#include "msg.h"

/* NR_CPUS of the largest kernels. */
#define CPULIST_MAX_CPUS 8192
/* As many characters as the module's file takes. */
#define CPULIST_MAX_CHARS 319
#define CPULIST_TEXT_MAX (CPULIST_MAX_CHARS + 1)

bool cpulist_check(const char *text, struct msg *m);
unsigned int cpulist_count(const char *text);
bool cpulist_equal(const char *a, const char *b);
int cpulist_next(const char *text, int cpu);
unsigned int cpulist_common(const char *a, const char *b);
bool cpulist_default(const char *online, bool leave_one,
		     char out[CPULIST_TEXT_MAX]);

#endif /* _CPULIST_H */
