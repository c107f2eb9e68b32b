/* SPDX-License-Identifier: GPL-2.0 */
/*
 * bench_locks.h - the bare get and release of each lock
 */
#ifndef _TB_BENCH_LOCKS_H
#define _TB_BENCH_LOCKS_H

struct lwkt_thread;
struct tb_bench;

void tb_bench_locks(struct tb_bench *b, struct lwkt_thread *td);
void tb_bench_tokens(struct tb_bench *b, struct lwkt_thread *td,
		     struct lwkt_thread *peer);

#endif /* _TB_BENCH_LOCKS_H */
