/* SPDX-License-Identifier: GPL-2.0 */
/* What every unit test needs; cmocka wants its headers in this order. */
#ifndef _UNIT_H
#define _UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define N_OF(array) (sizeof(array) / sizeof((array)[0]))

/* The whole sentence matters to the user, but only its key words to a test. */
static inline void check_text(const char *text, const char *part, bool wanted,
			      const char *file, int line)
{
	if (!!strstr(text, part) == wanted)
		return;
	print_error("%s \"%s\" in \"%s\"\n", wanted ? "no" : "unwanted", part,
		    text);
	_fail(file, line);
}

#define assert_has(text, part) check_text(text, part, true, __FILE__, __LINE__)
#define assert_has_not(text, part) \
	check_text(text, part, false, __FILE__, __LINE__)

#endif /* _UNIT_H */
