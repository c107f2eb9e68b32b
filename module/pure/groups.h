/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Groups of threads that differ, and parts of a window: from text to numbers.
 *
 * The formats stand in uapi/tokbench.h. All functions: any context, no sleeping
 * and no allocation.
 */
#ifndef _TB_GROUPS_H
#define _TB_GROUPS_H

#include "pure.h"
#include "uapi/tokbench.h"

/**
 * struct tb_group - what sets a group of threads apart
 * @threads: how many of every sum-over-the-groups threads, from 1
 * @hold_ns: in place of the parameter, if @has_hold
 * @think_ns: likewise
 * @shared_pct: likewise
 * @nice: -20 to 19
 * @has_hold: @hold_ns was given
 * @has_think: @think_ns was given
 * @has_shared: @shared_pct was given
 */
struct tb_group {
	u32 threads;
	u64 hold_ns;
	u64 think_ns;
	u32 shared_pct;
	int nice;
	bool has_hold;
	bool has_think;
	bool has_shared;
};

/* Room for any reason of the functions below, terminator included. */
#define TB_GROUPS_WHY_MAX 160

/**
 * tb_groups_parse() - read groups
 * @text: the text, need not be terminated; may hold anything
 * @len: its length; 0: no groups
 * @groups: gets them
 * @why: gets one line without line feed that says what is wrong; "" if nothing
 * @why_len: its size, TB_GROUPS_WHY_MAX suffices
 *
 * Return: how many groups, 0 if there are none, or -EINVAL.
 */
int tb_groups_parse(const char *text, size_t len,
		    struct tb_group groups[TB_GROUPS_MAX], char *why,
		    size_t why_len);

/**
 * tb_groups_of() - which group a thread belongs to
 * @groups: the groups
 * @n: how many, from 1
 * @thread: number of the thread in the run, from 0
 *
 * Return: number of the group, from 0.
 */
u32 tb_groups_of(const struct tb_group *groups, u32 n, u32 thread);

/**
 * tb_phases_parse() - read the parts of a window
 * @text: the text, need not be terminated; may hold anything
 * @len: its length; 0: no parts
 * @levels: gets the locking threads per CPU of each part, from 1
 * @why: gets one line without line feed that says what is wrong; "" if nothing
 * @why_len: its size, TB_GROUPS_WHY_MAX suffices
 *
 * Return: how many parts, 0 if there are none, or -EINVAL.
 */
int tb_phases_parse(const char *text, size_t len, u32 levels[TB_PHASES_MAX],
		    char *why, size_t why_len);

#endif /* _TB_GROUPS_H */
