// SPDX-License-Identifier: GPL-2.0
/*
 * What is written to config/ of the module, file by file, and then "start": an
 * input is a number of CPUs and lines of a setting and a value. A value that is
 * just "<" or ">" is the smallest or largest allowed, so that a few bytes reach
 * the limits, where products are largest. The input "limits" stands for every
 * pair of limits.
 *
 * Held against the promises of config.h: nothing changes on an error, which
 * leaves one line of text; what is set reads back; and of a configuration that
 * a run can have, no product needs more than 64 bits.
 */
#include "shim/shim.h"

#include "base/text.h"
#include "config/plan.h"
#include "config/refusal.h"
#include "config/token_knobs.h"
#include "config/variant.h"
#include "pure/arrivals.h"
#include "pure/fair.h"
#include "pure/slots.h"
#include "pure/workload.h"
#include "pure/zipf.h"
#include "target.h"

#define LIMITS(name, kind, unit, def, min, max, doc) { min, max },
#define KNOB_LIMITS(name, kind, unit, min, max, doc) { min, max },
static const struct {
	u64 least, most;
} limits[] = { TB_PARAMS(LIMITS) LWKT_KNOBS(KNOB_LIMITS) };

static_assert(ARRAY_SIZE(limits) == TB_SETTING_COUNT);

static void check_reason(bool refused)
{
	char reason[TB_REASON_MAX];
	int n = tb_refusal_print(reason, sizeof(reason)), i;

	assert(!!n == refused);
	for (i = 0; i < n; i++)
		assert(reason[i] >= ' ' && reason[i] <= '~');
}

static void set(struct tb_config *c, u32 setting, const char *value, size_t len)
{
	char limit[24], text[TB_CPUS_MAX], again[TB_CPUS_MAX];
	struct tb_config before = *c, copy;
	int err, n;

	if (len == 1 && (*value == '<' || *value == '>')) {
		len = snprintf(limit, sizeof(limit), "%llu",
			       *value == '<' ? limits[setting].least :
					       limits[setting].most);
		value = limit;
	}
	tb_refusal_clear();
	err = tb_config_set(c, setting, value, len);
	assert(err == 0 || err == -EINVAL || err == -E2BIG);
	check_reason(err);
	if (err) {
		assert(!memcmp(c, &before, sizeof(before)));
		return;
	}
	n = tb_config_print(c, setting, text, sizeof(text));
	assert((size_t)n < sizeof(text));
	copy = *c;
	assert(!tb_config_set(&copy, setting, text, n));
	assert(tb_config_print(&copy, setting, again, sizeof(again)) == n);
	assert(!strcmp(text, again));
}

static u64 product(u64 a, u64 b)
{
	__uint128_t p = (__uint128_t)a * b;

	assert(p <= U64_MAX);
	return p;
}

/* The sums and products of a run, at their largest. */
static void check_amounts(const struct tb_plan *plan)
{
	const struct tb_config *c = &plan->config;
	u64 window_ns = product(c->duration_ms, 1000000), held = 0;
	u64 threads = product(plan->ncpus, c->threads_per_cpu + c->bystanders);
	u32 shift = tb_slots_shift(window_ns), i;

	assert(threads <= TB_THREADS_MAX);
	assert(c->set_size <= c->locks && c->set_size <= TB_SET_MAX);
	assert(product(c->touch_lines, c->locks) <= TB_TOUCH_MAX ||
	       tb_variants[c->lock]->flags & TB_FLAG(unchecked));
	for (i = 0; i < max(plan->ngroups, 1U); i++)
		held = max(held, product(threads, plan->workload[i].hold_ns));
	assert(held <=
	       100 * (u64)NSEC_PER_SEC +
		       product(c->bystanders * plan->ncpus, 1000000000));
	assert(product(product(c->queue_max, c->threads_per_cpu),
		       plan->ncpus) <= 16 << 20 ||
	       !c->rate);
	assert(plan->slot_shift == shift);
	tb_fair_shift(window_ns, product(c->fair_window_ms, 1000000), shift);
	product(c->warmup_ms, 1000000);
	product(c->quantum_us, 1000);
}

static void draw(const struct tb_workload *wl, u64 window_ns)
{
	static u32 lock_set[TB_SET_MAX];
	static u64 ring[16];
	struct tb_arrivals arrivals;
	struct tb_stream s;
	struct tb_mix mix = { 0 };
	u32 i;

	tb_stream_init(&s, wl, TB_THREADS_MAX - 1, wl->ncpus - 1, lock_set);
	for (i = 0; i < 4; i++) {
		tb_stream_next(&s);
		mix.ops++;
		mix.busy_ns += s.hold_ns + s.think_ns;
		mix.excl_ns += s.shared ? 0 : s.hold_ns;
		assert(s.set_size == wl->set_size);
		assert(s.set[s.set_size - 1] < wl->locks);
	}
	tb_ideal_ops(wl, &mix, window_ns);
	if (!wl->gap_ps)
		return;
	tb_arrivals_init(&arrivals, wl, 0, ring, ARRAY_SIZE(ring));
	tb_arrivals_until(&arrivals, min(window_ns, 1000000));
	assert(arrivals.waiting <= ARRAY_SIZE(ring));
}

/* A line for each of the lock's knobs, and for no other. */
static void check_knobs(const struct tb_config *c)
{
	struct tb_text t = { 0 };
	char locks[TB_CPUS_MAX];
	u32 i, lines = 0, at;

	tb_knobs_print(&t, c);
	for (at = 0; at < t.len; at++)
		lines += t.buf[at] == '\n';
	for (i = 0; i < LWKT_KNOB_COUNT; i++) {
		lines -= tb_knob_of(tb_variants[c->lock], i);
		tb_knob_locks(i, locks, sizeof(locks));
		assert(*locks);
	}
	assert(!lines);
	tb_text_free(&t);
}

static void draw_all(struct tb_plan *plan)
{
	static u32 table[1000];
	u32 i;

	if (plan->config.pick == TB_PICK_zipf) {
		if (plan->config.locks > ARRAY_SIZE(table))
			return;
		tb_zipf_make(table, plan->config.locks,
			     plan->config.zipf_milli);
	}
	for (i = 0; i < max(plan->ngroups, 1U); i++) {
		plan->workload[i].zipf = table;
		draw(&plan->workload[i], plan->config.duration_ms * 1000000);
	}
}

static void start(const struct tb_config *c)
{
	struct tb_plan *plan = tb_plan_alloc();
	int err;

	assert(plan);
	tb_refusal_clear();
	err = tb_config_check(c, plan);
	assert(err == 0 || err == -EINVAL);
	check_reason(err);
	if (!err) {
		assert(plan->ncpus >= 1 && plan->ncpus <= nr_cpu_ids);
		check_amounts(plan);
		check_knobs(c);
		draw_all(plan);
	}
	tb_plan_free(plan);
}

/* Two numbers, each at a limit; the others, but for hold_ns, at their defaults. */
static void start_at(const char *lock, u32 a, char a_end, u32 b, char b_end)
{
	static struct tb_config c;

	memset(&c, 0, sizeof(c));
	tb_config_default(&c);
	set(&c, TB_PARAM_lock, lock, strlen(lock));
	set(&c, TB_PARAM_hold_ns, "1000", 4);
	set(&c, a, &a_end, 1);
	set(&c, b, &b_end, 1);
	start(&c);
}

/* Every pair of numbers, at all their limits, on few CPUs and on many. */
static void check_limits(void)
{
	static const char *const locks[] = { "mutex", "none", "tas",
					     "token-backoff" };
	static const u32 cpus[] = { 1, SHIM_CPUS_MAX };
	static const char ends[] = "<>";
	u32 i, j, a, b, k;

	for (i = 0; i < ARRAY_SIZE(cpus) * ARRAY_SIZE(locks); i++) {
		shim_set_cpus(cpus[i % 2]);
		for (a = 0; a < TB_SETTING_COUNT; a++)
			for (b = 0; limits[a].most && b < a; b++)
				for (k = 0, j = i / 2; limits[b].most && k < 4;
				     k++)
					start_at(locks[j], a, ends[k / 2], b,
						 ends[k % 2]);
	}
}

static void run(const uint8_t *data, size_t size)
{
	static struct tb_config c;
	const char *text = (const char *)data;
	const char *end;
	size_t len;

	if (!size)
		return;
	/* Too much for every input: for the one that asks for it. */
	if (size == strlen("limits") && !memcmp(data, "limits", size)) {
		check_limits();
		return;
	}
	/* 1, 2, 4 to 8192 of them. */
	shim_set_cpus(1U << *data % 14);
	text++;
	size--;
	memset(&c, 0, sizeof(c));
	tb_config_default(&c);
	while (size) {
		end = memchr(text, '\n', size);
		len = end ? (size_t)(end - text) : size;
		if (len)
			set(&c, (u8)(*text - 'A') % TB_SETTING_COUNT, text + 1,
			    len - 1);
		len += !!end;
		text += len;
		size -= len;
	}
	start(&c);
}

const struct target target_module_config = { "module_config", run, false };
