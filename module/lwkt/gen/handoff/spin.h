/* SPDX-License-Identifier: GPL-2.0 */
/*
 * spin.h - waiting for a token without giving the CPU away
 * (token-handoff)
 */
#ifndef _LWKT_HANDOFF_SPIN_H
#define _LWKT_HANDOFF_SPIN_H

#include "handoff.h"

bool lwkt_handoff_spin(struct lwkt_thread *td, struct lwkt_token *tok,
		       struct lwkt_tokref *ref, struct lwkt_tokref **word);

#endif /* _LWKT_HANDOFF_SPIN_H */
