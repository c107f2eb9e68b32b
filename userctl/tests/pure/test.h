/* SPDX-License-Identifier: GPL-2.0 */
/* What every test program here starts with. */
#ifndef _TB_TEST_H
#define _TB_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "pure.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

#endif /* _TB_TEST_H */
