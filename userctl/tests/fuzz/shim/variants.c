// SPDX-License-Identifier: GPL-2.0
/* The locks by name and flags, as variants/ has them; none can be taken. */
#include "config/variant.h"
#include "shim.h"

#define B TB_FLAG(blocks)
#define O TB_FLAG(ordered)
#define R TB_FLAG(restarts)
#define S TB_FLAG(shared)
#define T (B | TB_FLAG(drops) | TB_FLAG(lwkt))

#define LOCK(symbol, lock_name, lock_flags, most)                            \
	const struct tb_variant tb_variant_##symbol = { .name = lock_name,   \
							.flags = lock_flags, \
							.max_set = most }
#define TOKEN(gen, lock_flags)                             \
	const struct tb_variant tb_variant_token_##gen = { \
		.name = "token-" #gen,                     \
		.flags = lock_flags,                       \
		.generation = LWKT_GEN_##gen,              \
		.tokens = true                             \
	}

LOCK(none, "none", B | TB_FLAG(unchecked), 0);
LOCK(broken, "broken", B | TB_FLAG(fails), 0);
TOKEN(poll, T);
TOKEN(ipi, T);
TOKEN(ticket, T);
TOKEN(sorted, T | S);
TOKEN(backoff, T | S);
TOKEN(handoff, T);
LOCK(lockmgr, "lockmgr", B | O | TB_FLAG(lwkt), 0);
LOCK(mutex, "mutex", B | O, 0);
LOCK(mutex_trylock, "mutex-trylock", B | R, 0);
LOCK(mutex_big, "mutex-big", B, 0);
LOCK(ww_wound, "ww-wound", B | R, 0);
LOCK(ww_die, "ww-die", B | R, 0);
LOCK(rtmutex, "rtmutex", B | O, 0);
LOCK(rwsem, "rwsem", B | O | S, 0);
LOCK(percpu_rwsem, "percpu-rwsem", B | S, 1);
LOCK(semaphore, "semaphore", B | O, 0);
LOCK(spinlock, "spinlock", O, 128);
LOCK(ticket, "ticket", O, 128);
LOCK(tas, "tas", O | R, 128);

#define ENTRY(symbol) [TB_VARIANT_##symbol] = &tb_variant_##symbol,
const struct tb_variant *const tb_variants[] = { TB_VARIANTS(ENTRY) };
