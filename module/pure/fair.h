/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Short-term fairness: how much each thread got in each short piece of the
 * window.
 *
 * An index over the whole window calls a lock fair that serves one thread for
 * half a second and then the other. So the window is divided into pieces, each
 * thread counts its operations and the time it held its sets piece by piece,
 * and the indices are made of each piece and averaged.
 *
 * A piece is a power of two of nanoseconds, and never shorter than a slot of
 * slots.h, whose marks it rides on: the timed loop has no question of its own
 * for it. What was done is booked late, at the first operation of a later slot
 * and at the end.
 *
 * A struct tb_fair has one writer and no lock. All functions: any context, no
 * sleeping, no allocation. An all-zero struct has seen nothing.
 */
#ifndef _TB_FAIR_H
#define _TB_FAIR_H

#include "pure.h"

/* So many that a struct tb_fair fills half a KiB. */
#define TB_FAIR_PIECES 60

/**
 * struct tb_fair - one thread's pieces
 * @ops_seen: operations booked so far
 * @held_seen: time held booked so far, in ns
 * @piece: where the next booking goes, TB_FAIR_PIECES: nowhere
 * @ops: operations per piece; stays at U32_MAX once it is there
 * @held: time held per piece, in units of tb_fair_unit(), likewise
 */
struct tb_fair {
	u64 ops_seen;
	u64 held_seen;
	u32 piece;
	u32 ops[TB_FAIR_PIECES];
	u32 held[TB_FAIR_PIECES];
};

/**
 * struct tb_fair_index - the indices of pieces, added up
 * @pieces: in which a thread got something
 * @idle: in which none did; there is no index of them
 * @jain_sum: of Jain's index of each, in ppm
 * @jain_min: of the least fair one, in ppm; valid if @pieces is not 0
 * @top_sum: of the share of the busier half of the threads in each, in ppm
 */
struct tb_fair_index {
	u32 pieces;
	u32 idle;
	u64 jain_sum;
	u32 jain_min;
	u64 top_sum;
};

/**
 * tb_fair_shift() - size of a piece
 * @duration_ns: length of the window as asked for
 * @piece_ns: shortest piece that is wanted, at least 1
 * @slot_shift: of tb_slots_shift()
 *
 * Return: n for pieces of 2^n ns: the smallest that are not shorter than
 * @piece_ns nor than a slot, and of which the window has at most
 * TB_FAIR_PIECES whole ones.
 */
u32 tb_fair_shift(u64 duration_ns, u64 piece_ns, u32 slot_shift);

/**
 * tb_fair_unit() - the unit of the times held
 * @shift: of tb_fair_shift()
 *
 * Return: n for units of 2^n ns, which are short beside a piece.
 */
u32 tb_fair_unit(u32 shift);

/**
 * tb_fair_whole() - pieces that lie within a window
 * @window_ns: its length
 * @shift: of tb_fair_shift()
 *
 * Return: how many, at most TB_FAIR_PIECES; what comes after the last whole one
 * is in none.
 */
u32 tb_fair_whole(u64 window_ns, u32 shift);

/**
 * tb_fair_book() - what was done since the last booking was done in its piece
 * @f: the caller's own pieces
 * @ops: operations so far
 * @held_ns: time held so far
 * @shift: of tb_fair_shift()
 */
void tb_fair_book(struct tb_fair *f, u64 ops, u64 held_ns, u32 shift);

/**
 * tb_fair_enter() - what follows is done in another piece
 * @f: the caller's own pieces, everything before @ns booked
 * @ns: when, since the window opened
 * @shift: of tb_fair_shift()
 */
void tb_fair_enter(struct tb_fair *f, u64 ns, u32 shift);

/**
 * tb_fair_add() - add the indices of one piece
 * @x: the sums
 * @v: what each thread got in it; sorted in descending order on return
 * @n: how many threads, up to 4096 (TB_THREADS_MAX)
 */
void tb_fair_add(struct tb_fair_index *x, u64 *v, u32 n);

/**
 * tb_fair_mean() - mean of one of the sums
 * @sum: the sum
 * @x: whose it is
 *
 * Return: ppm; 0 if there is no piece with an index.
 */
u64 tb_fair_mean(u64 sum, const struct tb_fair_index *x);

#endif /* _TB_FAIR_H */
