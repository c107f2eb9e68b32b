// SPDX-License-Identifier: GPL-2.0
/*
 * The columns of all tables: heading, when it is there, whether it is made from
 * a time, how a cell is made and of which key of a row. tokbench-result(7) says
 * what the keys mean.
 *
 * The terminal and the page have lists of their own where a page has room for
 * more: the same numbers, in the same words where a heading has a line of its
 * own. CSV has no columns: it is a line per run and key, so nothing is left out
 * there.
 */
#include "columns.h"

#define N_OF(array) (sizeof(array) / sizeof((array)[0]))
#define COLUMNS(name, ...)                                      \
	static const struct column name##_list[] = __VA_ARGS__; \
	_Static_assert(N_OF(name##_list) <= COLUMNS_MAX, "");   \
	const struct columns columns_##name = { name##_list, N_OF(name##_list) }

/* clang-format off */
#define MED(key) key ".median"
#define ACQ(key) "latency.acquire_ns." key
#define RESP(key) "latency.response_ns." key
#define PER_OP(key) "per_op." key ".median"

COLUMNS(summary, {
	{ "ops/s",	ALWAYS,	   true,  COUNT,    MED("throughput") },
	{ "95 % int.",	INTERVALS, true,  INTERVAL, "throughput.ci95.1" },
	{ "min-max",	RANGES,	   true,  RANGE,    "throughput" },
	{ "ideal",	CLOSED,	   true,  SHARE,    MED("of_ideal") },
	{ "resp p50",	THERE,	   true,  TIME,	    RESP("p50") },
	{ "resp p99",	THERE,	   true,  TIME,	    RESP("p99") },
	{ "refused",	THERE,	   true,  SHARE,    MED("refused") },
	{ "acq p50",	CLOSED,	   true,  TIME,	    ACQ("p50") },
	{ "acq p99",	ALWAYS,	   true,  TIME,	    ACQ("p99") },
	{ "acq max",	CLOSED,	   true,  TIME,	    ACQ("max") },
	{ "Jain",	ALWAYS,	   false, INDEX,    MED("jain_ops") },
	{ "Jain hold",	GROUPED,   false, INDEX,    MED("jain_hold_nominal") },
	{ "failed/op",	ALWAYS,	   false, COUNT,    MED("failed_per_op") },
	{ "undone/op",	HAPPENED,  false, COUNT,    PER_OP("tokens_undone") },
	{ "stale",	THERE,	   false, COUNT,    MED("stale_per_block") },
	{ "byst. kept",	THERE,	   true,  SHARE,    MED("bystander_kept") },
	{ "effic.",	ALWAYS,	   true,  SHARE,    MED("efficiency") },
});

COLUMNS(speed, {
	{ "ops/s",	       ALWAYS,	  true,	 COUNT,	     MED("throughput") },
	{ "95 % interval",     INTERVALS, true,	 INTERVAL,   "throughput.ci95.1" },
	{ "min-max",	       RANGES,	  true,	 RANGE,	     "throughput" },
	{ "runs",	       THERE,	  false, NUMBER,     "runs" },
	{ "outliers",	       THERE,	  false, REPEATS,    "throughput.outliers.1" },
	{ "of ideal",	       CLOSED,	  true,	 SHARE,	     MED("of_ideal") },
	{ "refused",	       THERE,	  true,	 SHARE,	     MED("refused") },
	{ "ratio",	       THERE,	  true,	 RATIO,	     "ratio.value" },
	{ "its 95 % interval", THERE,	  true,	 RATIO_ENDS, "ratio.ci95.1" },
	{ "to the reference",  THERE,	  false, VERDICT,    "ratio.value" },
});

COLUMNS(waits, {
	{ "wait p50",	  THERE, true, TIME, ACQ("p50") },
	{ "p90",	  THERE, true, TIME, ACQ("p90") },
	{ "p99",	  THERE, true, TIME, ACQ("p99") },
	{ "p99.9",	  THERE, true, TIME, ACQ("p999") },
	{ "max",	  THERE, true, TIME, ACQ("max") },
	{ "hold p50",	  THERE, true, TIME, "latency.hold_ns.p50" },
	{ "hand-off p50", THERE, true, TIME, "latency.handoff_ns.p50" },
	{ "response p50", THERE, true, TIME, RESP("p50") },
	{ "p99",	  THERE, true, TIME, RESP("p99") },
	{ "max",	  THERE, true, TIME, RESP("max") },
});

COLUMNS(fair, {
	{ "Jain, operations",	  THERE, false, INDEX, MED("jain_ops") },
	{ "Jain, short term",	  THERE, false, INDEX, MED("fair_jain_ops") },
	{ "Jain, time held",	  THERE, true,	INDEX, MED("jain_hold") },
	{ "Jain, time asked for", THERE, false, INDEX, MED("jain_hold_nominal") },
	{ "bystanders kept",	  THERE, true,	SHARE, MED("bystander_kept") },
});

COLUMNS(cpu, {
	{ "efficiency", THERE, true, SHARE, MED("efficiency") },
});

COLUMNS(ledger, {
	{ "fail",   HAPPENED, false, PER_1000, MED("failed_per_op") },
	{ "/pass",  HAPPENED, false, COUNT,    MED("failed_per_pass") },
	{ "head",   HAPPENED, false, PER_1000, PER_OP("head_retries") },
	{ "undone", HAPPENED, false, PER_1000, PER_OP("tokens_undone") },
	{ "anew",   HAPPENED, false, PER_1000, PER_OP("restarts") },
	{ "lost",   HAPPENED, false, PER_1000, PER_OP("fail_on_tentative") },
	{ "polls",  HAPPENED, false, PER_1000, PER_OP("idle_polls") },
	{ "IPIs",   HAPPENED, false, PER_1000, PER_OP("ipis") },
	{ "wakes",  HAPPENED, false, PER_1000, PER_OP("wakeups") },
	{ "futile", HAPPENED, false, PER_1000, PER_OP("futile") },
	{ "spins",  HAPPENED, false, PER_1000, PER_OP("spins") },
	{ "sorts",  HAPPENED, false, PER_1000, PER_OP("sorted_entries") },
	{ "grant",  HAPPENED, false, PER_1000, PER_OP("grants") },
	{ "switch", HAPPENED, false, PER_1000, PER_OP("switches") },
	{ "owned",  HAPPENED, true,  SHARE,    MED("owned_not_running") },
});

COLUMNS(ratios, {
	{ "ratio",     ALWAYS, true, RATIO,	 "ratio.value" },
	{ "95 % int.", THERE,  true, RATIO_ENDS, "ratio.ci95.1" },
	{ "p",	       THERE,  true, CHANCE,	 "ratio.p" },
	{ "verdict",   ALWAYS, true, VERDICT,	 "ratio.verdict" },
});

COLUMNS(groups, {
	{ "group",   ALWAYS,   false, NUMBER, "group" },
	{ "threads", ALWAYS,   false, NUMBER, "of.threads" },
	{ "hold",    ALWAYS,   false, TIME,   "of.hold_ns" },
	{ "think",   ALWAYS,   false, TIME,   "of.think_ns" },
	{ "shared%", HAPPENED, false, NUMBER, "of.shared_pct" },
	{ "nice",    HAPPENED, false, NUMBER, "of.nice" },
	{ "ops/s",   ALWAYS,   true,  COUNT,  MED("of.throughput") },
	{ "ops",     ALWAYS,   false, SHARE,  MED("of.ops_share") },
	{ "held",    ALWAYS,   false, SHARE,  MED("of.nominal_hold_share") },
	{ "acq p50", THERE,    true,  TIME,   MED("of.acquire_p50_ns") },
	{ "acq p99", THERE,    true,  TIME,   MED("of.acquire_p99_ns") },
	{ "acq max", THERE,    true,  TIME,   "of.acquire_max_ns.max" },
});

COLUMNS(fits, {
	{ "best",	ALWAYS, true,  COUNT,	  "best.median" },
	{ "with",	ALWAYS, false, NUMBER,	  "best.n" },
	{ "sigma",	ALWAYS, true,  FIT_SHARE, "usl.sigma" },
	{ "1000 kappa", ALWAYS, true,  FIT_MILLI, "usl.kappa" },
	{ "knee",	ALWAYS, true,  FIT_KNEE,  "usl.knee" },
	{ "peak",	ALWAYS, true,  COUNT,	  "usl.peak_ops_per_s" },
	{ "half",	ALWAYS, true,  NUMBER,	  "usl.half.value" },
	{ "R2",		ALWAYS, true,  INDEX,	  "usl.r2" },
	{ "off",	ALWAYS, true,  SHARE,	  "usl.off" },
});

/* Of a comparison. */
COLUMNS(rates, {
	{ "A ops/s",	ALWAYS, true, COUNT,	  MED("a.throughput") },
	{ "A 95 %",	ALWAYS, true, WIDTH,	  "a.throughput.ci95.1" },
	{ "B ops/s",	ALWAYS, true, COUNT,	  MED("b.throughput") },
	{ "B 95 %",	ALWAYS, true, WIDTH,	  "b.throughput.ci95.1" },
	{ "B/A (95 %)", ALWAYS, true, RATIO_FULL, "ratio.value" },
	{ "B is",	ALWAYS, true, CHANGE,	  "ratio.verdict" },
});

COLUMNS(times, {
	{ "A p50",   ALWAYS, true, TIME, "a." ACQ("p50") },
	{ "B p50",   ALWAYS, true, TIME, "b." ACQ("p50") },
	{ "A p90",   ALWAYS, true, TIME, "a." ACQ("p90") },
	{ "B p90",   ALWAYS, true, TIME, "b." ACQ("p90") },
	{ "A p99",   ALWAYS, true, TIME, "a." ACQ("p99") },
	{ "B p99",   ALWAYS, true, TIME, "b." ACQ("p99") },
	{ "A p99.9", ALWAYS, true, TIME, "a." ACQ("p999") },
	{ "B p99.9", ALWAYS, true, TIME, "b." ACQ("p999") },
});
/* clang-format on */
