/* SPDX-License-Identifier: GPL-2.0 */
/*
 * variant_list.h - the lock variants: one line each, in the order they are
 * listed to users. X(symbol): struct tb_variant tb_variant_symbol lives in
 * variants/.
 */
#ifndef _TB_VARIANT_LIST_H
#define _TB_VARIANT_LIST_H

#define TB_VARIANTS(X)                                                         \
	X(none)                                                                \
	X(broken)                                                              \
	X(token_poll)                                                          \
	X(token_ipi)                                                           \
	X(token_sorted)                                                        \
	X(token_backoff)                                                       \
	X(token_handoff)                                                       \
	X(lockmgr)                                                             \
	X(mutex)

#endif /* _TB_VARIANT_LIST_H */
