/* SPDX-License-Identifier: GPL-2.0 */
/* What every test program here starts with. */
#ifndef _TB_TEST_H
#define _TB_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "pure/pure.h"

#include "pure/rng.h"

/* A generator whose next number is @next. */
static inline struct tb_rng rng_with(u64 next)
{
	return (struct tb_rng){ { 0, next >> 17 | next << 47 } };
}

#endif /* _TB_TEST_H */
