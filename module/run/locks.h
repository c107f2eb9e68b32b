/* SPDX-License-Identifier: GPL-2.0 */
/*
 * locks.h - the locks of a run, and what they protect
 */
#ifndef _TB_LOCKS_H
#define _TB_LOCKS_H

#include <linux/types.h>

struct tb_run;
struct tb_variant;

size_t tb_lock_stride(const struct tb_variant *v);
void *tb_alloc_lines(size_t n, size_t size);
void *tb_alloc_lines_node(size_t n, size_t size, int node);
int tb_locks_make(struct tb_run *run);
void tb_locks_free(struct tb_run *run);
u64 tb_locks_aliases(const struct tb_run *run);
u64 tb_locks_collisions(const struct tb_run *run);

#endif /* _TB_LOCKS_H */
