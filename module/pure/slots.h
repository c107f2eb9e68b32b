/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where in a window something happened: a bit per slot of time.
 *
 * For one question, asked after the run: for how long did nothing happen? Each
 * thread marks the slots in which it completed an operation, in a bitmap of its
 * own, so that no thread writes what another reads; they are merged at the
 * end, and the longest stretch of empty slots is the answer.
 *
 * Slots are powers of two of nanoseconds, so that the hot path shifts and never
 * divides. A window that lasts longer than asked for still fits if it is at
 * most 1/16 and 10 ms longer; all that comes later falls into the last slot.
 *
 * A struct tb_slots has one writer and no lock. All functions: any context, no
 * sleeping, no allocation. An all-zero struct has seen nothing.
 */
#ifndef _TB_SLOTS_H
#define _TB_SLOTS_H

#include "pure.h"

#define TB_SLOTS 4096
#define TB_SLOTS_LAST ((u64)TB_SLOTS - 1)

/**
 * struct tb_slots - one thread's bitmap, 512 bytes
 * @word: slot n is bit n % 64 of word n / 64
 */
struct tb_slots {
	u64 word[TB_SLOTS / 64];
};

/**
 * tb_slots_shift() - size of a slot
 * @duration_ns: length of the window as asked for, at least 10 ms
 *
 * Return: n for slots of 2^n ns, which are at most @duration_ns / 1024.
 */
u32 tb_slots_shift(u64 duration_ns);

/**
 * tb_slots_mark() - something happens
 * @s: the caller's own slots
 * @ns: when, since the window opened
 * @shift: of tb_slots_shift()
 *
 * Return: when the slot of @ns ends; U64_MAX for the last. Until then there is
 * nothing to mark.
 */
u64 tb_slots_mark(struct tb_slots *s, u64 ns, u32 shift);

/**
 * tb_slots_merge() - what happened to either
 * @into: gets the marks of @from as well
 * @from: slots that are not being written
 */
void tb_slots_merge(struct tb_slots *into, const struct tb_slots *from);

/**
 * tb_slots_gap() - the longest time in which nothing happened
 * @s: the slots
 * @shift: of tb_slots_shift()
 * @window_ns: length of the window as it was
 *
 * The longest stretch of empty slots between two marks, or between a mark and
 * an edge of the window. It begins and ends with whole slots except at the
 * window's end, so it is a lower bound, and less than two slots below the
 * truth unless marks lie past the last slot but one.
 *
 * Return: ns, at most @window_ns; that if there is no mark.
 */
u64 tb_slots_gap(const struct tb_slots *s, u32 shift, u64 window_ns);

#endif /* _TB_SLOTS_H */
