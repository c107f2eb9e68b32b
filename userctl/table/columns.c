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
/* A column; one that can be asked for; one that is only there then. */
#define C(...) { __VA_ARGS__, NULL, false, NULL }
#define NAMED(...) { __VA_ARGS__, false, NULL }
#define EXTRA(...) { __VA_ARGS__, true, NULL }
#define MED(key) key ".median"
#define ACQ(key) "latency.acquire_ns." key
#define RESP(key) "latency.response_ns." key
#define PER_OP(key) "per_op." key ".median"

/* The most important first: a narrow terminal shows as many of them as it can. */
COLUMNS(summary, {
	NAMED("ops/s",	ALWAYS,	   true,  COUNT,      MED("throughput"),	"ops"),
	NAMED("95 % int.",	ALONE,	   true,  INTERVAL,   "throughput.ci95.1",	"interval"),
	NAMED("min-max",	RANGES,	   true,  RANGE,      "throughput",		"range"),
	NAMED("vs",		COMPARED,  true,  RATIO_FULL, "ratio.value",		"ratio"),
	NAMED("it is",	COMPARED,  true,  WORD,	      "ratio.value",		"verdict"),
	NAMED("resp p50",	THERE,	   true,  TIME,	      RESP("p50"),		"resp-p50"),
	NAMED("resp p99",	THERE,	   true,  TIME,	      RESP("p99"),		"resp-p99"),
	NAMED("refused",	THERE,	   true,  SHARE,      MED("refused"),		"refused"),
	NAMED("p99",	ALWAYS,	   true,  TIME,	      ACQ("p99"),		"p99"),
	NAMED("max",	CLOSED,	   true,  TIME,	      ACQ("max"),		"max"),
	NAMED("failed/op",	ALWAYS,	   false, COUNT,      MED("failed_per_op"),	"failed"),
	NAMED("Jain",	ALWAYS,	   false, INDEX,      MED("jain_ops"),		"jain"),
	NAMED("effic.",	ALWAYS,	   true,  SHARE,      MED("efficiency"),	"efficiency"),
	NAMED("Jain hold",	GROUPED,   false, INDEX,    MED("jain_hold_nominal"), "jain-hold"),
	NAMED("undone/op",	HAPPENED,  false, COUNT,      PER_OP("tokens_undone"),	"undone"),
	NAMED("stale",	THERE,	   false, COUNT,      MED("stale_per_block"),	"stale"),
	NAMED("byst. kept", THERE,	   true,  SHARE,      MED("bystander_kept"), "bystanders"),
	EXTRA("ideal",	ALWAYS,	   true,  SHARE,      MED("of_ideal"),		"ideal"),
	EXTRA("p50",	ALWAYS,	   true,  TIME,	      ACQ("p50"),		"p50"),
	EXTRA("p90",	ALWAYS,	   true,  TIME,	      ACQ("p90"),		"p90"),
	EXTRA("p99.9",	ALWAYS,	   true,  TIME,	      ACQ("p999"),		"p999"),
	EXTRA("p99.99",	ALWAYS,	   true,  TIME,	      ACQ("p9999"),		"p9999"),
	EXTRA("resp max",	ALWAYS,	   true,  TIME,	      RESP("max"),		"resp-max"),
	EXTRA("hold p50",	ALWAYS,	   true,  TIME,	      "latency.hold_ns.p50",	"hold"),
	EXTRA("hand-off",	ALWAYS,	   true,  TIME,	      "latency.handoff_ns.p50", "handoff"),
	EXTRA("p",		ALWAYS,	   true,  CHANCE,     "ratio.p",		"p"),
	EXTRA("runs",	ALWAYS,	   false, NUMBER,     "runs",			"runs"),
});

COLUMNS(speed, {
	C("ops/s",	       ALWAYS,	  true,	 COUNT,	     MED("throughput")),
	C("95 % interval",     INTERVALS, true,	 INTERVAL,   "throughput.ci95.1"),
	C("min-max",	       RANGES,	  true,	 RANGE,	     "throughput"),
	C("runs",	       THERE,	  false, NUMBER,     "runs"),
	C("outliers",	       THERE,	  false, REPEATS,    "throughput.outliers.1"),
	C("of ideal",	       CLOSED,	  true,	 SHARE,	     MED("of_ideal")),
	C("refused",	       THERE,	  true,	 SHARE,	     MED("refused")),
	C("ratio",	       THERE,	  true,	 RATIO,	     "ratio.value"),
	C("its 95 % interval", THERE,	  true,	 RATIO_ENDS, "ratio.ci95.1"),
	C("to the reference",  THERE,	  false, VERDICT,    "ratio.value"),
});

COLUMNS(waits, {
	C("wait p50",	  THERE, true, TIME, ACQ("p50")),
	C("p90",	  THERE, true, TIME, ACQ("p90")),
	C("p99",	  THERE, true, TIME, ACQ("p99")),
	C("p99.9",	  THERE, true, TIME, ACQ("p999")),
	C("max",	  THERE, true, TIME, ACQ("max")),
	C("hold p50",	  THERE, true, TIME, "latency.hold_ns.p50"),
	C("hand-off p50", THERE, true, TIME, "latency.handoff_ns.p50"),
	C("response p50", THERE, true, TIME, RESP("p50")),
	C("p99",	  THERE, true, TIME, RESP("p99")),
	C("max",	  THERE, true, TIME, RESP("max")),
});

COLUMNS(fair, {
	C("Jain, operations",	  THERE, false, INDEX, MED("jain_ops")),
	C("Jain, short term",	  THERE, false, INDEX, MED("fair_jain_ops")),
	C("Jain, time held",	  THERE, true,	INDEX, MED("jain_hold")),
	C("Jain, time asked for", THERE, false, INDEX, MED("jain_hold_nominal")),
	C("bystanders kept",	  THERE, true,	SHARE, MED("bystander_kept")),
});

COLUMNS(cpu, {
	C("efficiency", THERE, true, SHARE, MED("efficiency")),
});

COLUMNS(ledger, {
	C("fail",   HAPPENED, false, PER_1000, MED("failed_per_op")),
	C("/pass",  HAPPENED, false, COUNT,    MED("failed_per_pass")),
	C("head",   HAPPENED, false, PER_1000, PER_OP("head_retries")),
	C("undone", HAPPENED, false, PER_1000, PER_OP("tokens_undone")),
	C("anew",   HAPPENED, false, PER_1000, PER_OP("restarts")),
	C("lost",   HAPPENED, false, PER_1000, PER_OP("fail_on_tentative")),
	C("polls",  HAPPENED, false, PER_1000, PER_OP("idle_polls")),
	C("IPIs",   HAPPENED, false, PER_1000, PER_OP("ipis")),
	C("wakes",  HAPPENED, false, PER_1000, PER_OP("wakeups")),
	C("futile", HAPPENED, false, PER_1000, PER_OP("futile")),
	C("spins",  HAPPENED, false, PER_1000, PER_OP("spins")),
	C("sorts",  HAPPENED, false, PER_1000, PER_OP("sorted_entries")),
	C("grant",  HAPPENED, false, PER_1000, PER_OP("grants")),
	C("switch", HAPPENED, false, PER_1000, PER_OP("switches")),
	C("owned",  HAPPENED, true,  SHARE,    MED("owned_not_running")),
});

COLUMNS(groups, {
	C("group",   ALWAYS,   false, NUMBER, "group"),
	C("threads", ALWAYS,   false, NUMBER, "of.threads"),
	C("hold",    ALWAYS,   false, TIME,   "of.hold_ns"),
	C("think",   ALWAYS,   false, TIME,   "of.think_ns"),
	C("shared%", HAPPENED, false, NUMBER, "of.shared_pct"),
	C("nice",    HAPPENED, false, NUMBER, "of.nice"),
	C("ops/s",   ALWAYS,   true,  COUNT,  MED("of.throughput")),
	C("ops",     ALWAYS,   false, SHARE,  MED("of.ops_share")),
	C("held",    ALWAYS,   false, SHARE,  MED("of.nominal_hold_share")),
	C("acq p50", THERE,    true,  TIME,   MED("of.acquire_p50_ns")),
	C("acq p99", THERE,    true,  TIME,   MED("of.acquire_p99_ns")),
	C("acq max", THERE,    true,  TIME,   "of.acquire_max_ns.max"),
});

COLUMNS(fits, {
	C("best",	ALWAYS, true,  COUNT,	  "best.median"),
	C("with",	ALWAYS, false, NUMBER,	  "best.n"),
	C("sigma",	ALWAYS, true,  FIT_SHARE, "usl.sigma"),
	C("1000 kappa", ALWAYS, true,  FIT_MILLI, "usl.kappa"),
	C("knee",	ALWAYS, true,  FIT_KNEE,  "usl.knee"),
	C("peak",	ALWAYS, true,  COUNT,	  "usl.peak_ops_per_s"),
	C("half",	ALWAYS, true,  NUMBER,	  "usl.half.value"),
	C("R2",		ALWAYS, true,  INDEX,	  "usl.r2"),
	C("off",	ALWAYS, true,  SHARE,	  "usl.off"),
});

/* Of a comparison. */
COLUMNS(rates, {
	C("A ops/s",	ALWAYS, true, COUNT,	  MED("a.throughput")),
	C("A 95 %",	ALWAYS, true, WIDTH,	  "a.throughput.ci95.1"),
	C("B ops/s",	ALWAYS, true, COUNT,	  MED("b.throughput")),
	C("B 95 %",	ALWAYS, true, WIDTH,	  "b.throughput.ci95.1"),
	C("B/A (95 %)", ALWAYS, true, RATIO_FULL, "ratio.value"),
	C("B is",	ALWAYS, true, CHANGE,	  "ratio.verdict"),
});

COLUMNS(times, {
	C("A p50",   ALWAYS, true, TIME, "a." ACQ("p50")),
	C("B p50",   ALWAYS, true, TIME, "b." ACQ("p50")),
	C("A p90",   ALWAYS, true, TIME, "a." ACQ("p90")),
	C("B p90",   ALWAYS, true, TIME, "b." ACQ("p90")),
	C("A p99",   ALWAYS, true, TIME, "a." ACQ("p99")),
	C("B p99",   ALWAYS, true, TIME, "b." ACQ("p99")),
	C("A p99.9", ALWAYS, true, TIME, "a." ACQ("p999")),
	C("B p99.9", ALWAYS, true, TIME, "b." ACQ("p999")),
});
/* clang-format on */
