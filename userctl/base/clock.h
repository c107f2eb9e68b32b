/* SPDX-License-Identifier: GPL-2.0 */
/* A clock that is never set. */
#ifndef _CLOCK_H
#define _CLOCK_H

#include <stdint.h>

uint64_t clock_now_ms(void);

#endif /* _CLOCK_H */
