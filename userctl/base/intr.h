/* SPDX-License-Identifier: GPL-2.0 */
/* Ctrl-C and its relatives while a run is on. */
#ifndef _INTR_H
#define _INTR_H

#include <signal.h>
#include <stdbool.h>

void intr_install(void);
bool intr_pending(void);
void intr_block(sigset_t *before);
void intr_restore(const sigset_t *before);

#endif /* _INTR_H */
