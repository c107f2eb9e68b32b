// SPDX-License-Identifier: GPL-2.0
/* The results of the fake module's runs: made up, but a function of the run. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fakemodel.h"

/* Events per 1000 operations of what each generation is known for. */
static const struct {
	const char *lock, *counter;
	uint64_t per_1000;
} ledger[] = {
	{ "token-poll", "switches_contended", 200 }, /* 3000 failed: 15 each */
	{ "token-poll", "head_retries", 200 },
	{ "token-poll", "tokens_undone", 400 },
	{ "token-poll", "fail_on_tentative", 40 },
	{ "token-poll", "idle_polls", 12345 },
	{ "token-ipi", "ipis", 70 },
	{ "token-ipi", "ipis_useless", 5 },
	{ "token-ipi", "switches", 30 },
	{ "token-poll", "stale", 100 },
	{ "ww-die", "tokens_undone", 250 },
	{ "ww-die", "restarts", 120 },
	{ "token-handoff", "wakeups", 9 },
	{ "token-handoff", "futile_wakeups", 4 },
	{ "token-handoff", "spins", 66400 },
	{ "token-handoff", "sorted_entries", 1 },
	{ "token-handoff", "grants", 2 },
};

static const char *const lwkt_counters[] = {
#define X(name, ...) #name,
	LWKT_THREAD_COUNTERS(X) LWKT_CPU_COUNTERS(X) NULL
};

static const char *const restart_counters[] = { TB_RESTART_COUNTERS(X) NULL };
#undef X

/* All of them, also those that stay zero; attempts_failed has its own line. */
static void put_counters(FILE *f, const char *const *names, const char *lock,
			 uint64_t ops)
{
	size_t j;

	for (; *names; names++) {
		uint64_t v = 0;

		for (j = 0; j < sizeof(ledger) / sizeof(ledger[0]); j++)
			if (!strcmp(ledger[j].lock, lock) &&
			    !strcmp(ledger[j].counter, *names))
				v = ops / 1000 * ledger[j].per_1000;
		if (!strcmp(*names, "scan_ns"))
			v = UINT64_MAX;
		if (strcmp(*names, "attempts_failed") != 0)
			fprintf(f, "totals.%s %" PRIu64 "\n", *names, v);
	}
}

static uint64_t number_of(const struct fake *k, size_t p)
{
	return strtoull(k->values[p], NULL, 10);
}

/* Fault that was asked for, of a module that can make some and is not blind. */
static const char *fault_of(const struct fake *k)
{
	size_t i;

	if (*fake_env("FAKE_BLIND"))
		return "none";
	for (i = 0; i < P_FIRST_KNOB; i++)
		if (!strcmp(fake_params[i].name, "fault"))
			return k->values[i];
	return "none";
}

static bool has_fault(const struct fake *k, const char *fault)
{
	return !strcmp(fault_of(k), fault);
}

static bool is_broken(const struct fake *k)
{
	return !strcmp(k->values[P_lock], "broken") && !*fake_env("FAKE_BLIND");
}

static void put_head(FILE *f, const struct fake *k)
{
	const char *lock = k->values[P_lock];
	bool bad_run = *fake_env("FAKE_INVALID_RUN") &&
		       k->run ==
			       strtoull(fake_env("FAKE_INVALID_RUN"), NULL, 10);

	fprintf(f, "schema 1\nrun %s%" PRIu64 "\nlock %s\nflags %s\n",
		fake_env("FAKE_RUN"), k->run, lock,
		fake_has_flag(lock, "lwkt") ? "blocks,drops,lwkt" : "-");
	if (is_broken(k))
		fputs("verdict FAILED\nreason 17 exclusion violations, \"none\" allowed\n"
		      "reason 3 lost updates\n",
		      f);
	else if (has_fault(k, "intrude"))
		fputs("verdict FAILED\nreason exclusion violated in 1 sections\n",
		      f);
	else if (has_fault(k, "late") || has_fault(k, "move"))
		fprintf(f, "verdict INVALID\nreason fault %s\n", fault_of(k));
	else if (!strcmp(lock, fake_env("FAKE_INVALID")) || bad_run)
		fputs("verdict INVALID\nreason overlap 0.812 is below 0.95\n",
		      f);
	else
		fputs("verdict ok\n", f);
}

static void put_echo(FILE *f, const struct fake *k)
{
	const char *echo = fake_env("FAKE_ECHO");
	size_t i;

	for (i = 0; i < P_FIRST_KNOB; i++) {
		size_t len = strlen(fake_params[i].name);

		if (!strncmp(echo, fake_params[i].name, len) &&
		    echo[len] == '=')
			fprintf(f, "params.%s %s\n", fake_params[i].name,
				echo + len + 1);
		else if (i == P_cpus)
			/* Another spelling of the same list, as the kernel would. */
			fprintf(f, "params.cpus %s\n",
				!strcmp(k->values[i], "0,1") || !*k->values[i] ?
					"0-1" :
					k->values[i]);
		else
			fprintf(f, "params.%s %s\n", fake_params[i].name,
				k->values[i]);
	}
	for (; i < NR_P; i++) {
		const char *name = fake_params[i].name + strlen("token/");
		size_t len = strlen(name);

		if (!strncmp(echo, "token.", 6) &&
		    !strncmp(echo + 6, name, len) && echo[6 + len] == '=')
			fprintf(f, "params.token.%s %s\n", name,
				echo + 6 + len + 1);
		else if (strcmp(k->values[i], "-") != 0)
			fprintf(f, "params.token.%s %s\n", name, k->values[i]);
	}
}

static void put_certificate(FILE *f, const struct fake *k)
{
	const char *lock = k->values[P_lock];

	fprintf(f,
		"certificate.overlap 0.9987\ncertificate.kernel 6.1\ncertificate.stopped %d\n"
		"certificate.hypervisor none\ncertificate.proxy_exec none\ncertificate.times %s\n",
		k->stopped,
		*fake_env("FAKE_TIMES") ? fake_env("FAKE_TIMES") : "ok");
	fprintf(f,
		"certificate.violations %d\ncertificate.late_threads %d\ncertificate.left_cpu %d\n",
		is_broken(k) ? 17 : has_fault(k, "intrude"),
		has_fault(k, "late"), has_fault(k, "move"));
	fprintf(f, "certificate.fault %s\n", k->values[P_fault]);
	fprintf(f, "certificate.set_order %s\ncertificate.stream_digest %s\n",
		fake_has_flag(lock, "ordered") ? "same" : k->values[P_order],
		strcmp(lock, fake_env("FAKE_DIGEST")) ? "0123" : "4567");
}

/* "0-3,8" are five CPUs. */
static uint64_t threads_of(const struct fake *k)
{
	const char *text = k->values[P_cpus];
	uint64_t first, cpus = 0;
	char *end;

	for (; text; text = strchr(text, ',')) {
		text += *text == ',';
		first = strtoul(text, &end, 10);
		cpus += *end == '-' ? strtoul(end + 1, NULL, 10) - first + 1 :
				      1;
	}
	return cpus * number_of(k, P_threads_per_cpu);
}

/* A law of scaling that is known: a million per second, 0.1, 0.01. */
static uint64_t scaled_ops(const struct fake *k, uint64_t window)
{
	double n = threads_of(k);

	return window / 1e3 * n / (1 + 0.1 * (n - 1) + 0.01 * n * (n - 1));
}

static void put_totals(FILE *f, const struct fake *k, uint64_t window,
		       uint64_t ops)
{
	const char *lock = k->values[P_lock];

	fprintf(f,
		"totals.window_ns %" PRIu64 "\ntotals.ops %" PRIu64
		"\ntotals.threads %" PRIu64 "\n"
		"totals.ideal_ops %" PRIu64
		"\ntotals.jain_ops 0.9876\ntotals.jain_hold_nominal 0.6\n"
		"totals.efficiency 0.5\n",
		window, ops, *fake_env("FAKE_SCALING") ? threads_of(k) : 2,
		ops * 2);
	if (strcmp(lock, "mute") != 0)
		fprintf(f, "totals.attempts_failed %" PRIu64 "\n", ops * 3);
	if (fake_has_flag(lock, "lwkt"))
		put_counters(f, lwkt_counters, lock, ops);
	else if (fake_has_flag(lock, "restarts"))
		put_counters(f, restart_counters, lock, ops);
	fprintf(f, "totals.blocks %" PRIu64 "\n",
		number_of(k, P_block_every) ?
			ops / number_of(k, P_block_every) :
			0);
	if (number_of(k, P_rate))
		fprintf(f,
			"totals.arrivals %" PRIu64 "\ntotals.refused %" PRIu64
			"\n",
			ops * 2, ops / 2);
	if (number_of(k, P_bystanders))
		fputs("totals.bystander_kept 0.75\n", f);
}

static size_t pieces(const char *text)
{
	size_t n = *text ? 1 : 0;

	for (; *text; text++)
		n += *text == '/';
	return n;
}

/* The first group gets three quarters of everything. */
static void put_groups(FILE *f, const struct fake *k, uint64_t ops)
{
	const char *text = k->values[P_groups];
	size_t n = pieces(text);
	size_t i;

	for (i = 1; i <= n; i++) {
		double share = i == 1 ? 0.75 : 0.25 / (n - 1);
		const char *hold = strstr(text, "hold_ns=");
		const char *nice = strstr(text, "nice=");
		size_t len = strcspn(text, "/");

		fprintf(f,
			"groups.%zu.threads 1\ngroups.%zu.hold_ns %" PRIu64
			"\ngroups.%zu.think_ns %s\ngroups.%zu.shared_pct 0\n"
			"groups.%zu.nice %d\n",
			i, i,
			hold && hold < text + len ?
				(uint64_t)atoll(hold + strlen("hold_ns=")) :
				number_of(k, P_hold_ns),
			i, k->values[P_think_ns], i, i,
			nice && nice < text + len ?
				atoi(nice + strlen("nice=")) :
				0);
		fprintf(f,
			"groups.%zu.ops %.0f\ngroups.%zu.ops_share %.4f\n"
			"groups.%zu.nominal_hold_share %.4f\n"
			"groups.%zu.acquire_p50_ns 1015\n",
			i, ops * share, i, share, i, 1 - share, i);
		text += len + 1;
	}
}

/* All parts get the same. */
static void put_phases(FILE *f, const struct fake *k, uint64_t window,
		       uint64_t ops)
{
	const char *text = k->values[P_phases];
	size_t n = pieces(text);
	size_t i;

	for (i = 1; i <= n; i++) {
		fprintf(f,
			"phases.%zu.threads_per_cpu %d\nphases.%zu.window_ns %" PRIu64
			"\nphases.%zu.ops %" PRIu64 "\n",
			i, atoi(text), i, window / n, i, ops / n);
		text += strcspn(text, "/") + 1;
	}
}

static void put_latency(FILE *f, const struct fake *k)
{
	fprintf(f,
		"latency.acquire_ns.count 100\nlatency.acquire_ns.mean 1500.5\n"
		"latency.acquire_ns.p50 1015\nlatency.acquire_ns.p90 1015\n"
		"latency.acquire_ns.p99 1015\nlatency.acquire_ns.p999 5059\n"
		"latency.acquire_ns.max %" PRIu64 "\n",
		5060 + k->run);
	if (number_of(k, P_rate))
		fputs("latency.response_ns.count 10\nlatency.response_ns.mean 7000\n"
		      "latency.response_ns.p50 7000\nlatency.response_ns.p99 8000000\n"
		      "latency.response_ns.max 9000000\n",
		      f);
}

/* "LOCK=PERCENT " each: operations that vary by so much around the same. */
static uint64_t ops_of(const struct fake *k)
{
	const char *lock = k->values[P_lock];
	const char *at = strstr(fake_env("FAKE_SPREAD"), lock);
	uint64_t random = k->run * 2654435761U % 65536;

	if (!at || at[strlen(lock)] != '=')
		return k->run * 1000;
	return 100000 + atoi(at + strlen(lock) + 1) *
				((int64_t)random - 32768) * 1000 / 32768;
}

/* Numbers that follow from the run's own, so that a test can name them. */
void fake_publish(const struct fake *k)
{
	bool full = !strcmp(k->values[P_measure], "full");
	uint64_t window = (k->elapsed_ms > k->warmup_ms ?
				   k->elapsed_ms - k->warmup_ms :
				   1) *
			  1000000;
	uint64_t ops = *fake_env("FAKE_SCALING") ? scaled_ops(k, window) :
						   ops_of(k);
	char path[5000];
	FILE *f;

	if (*fake_env("FAKE_SUMMARY")) {
		fake_put("results/summary", "%s", fake_env("FAKE_SUMMARY"));
		return;
	}
	snprintf(path, sizeof(path), "%s/results/summary", fake_root);
	f = fopen(path, "we");
	if (!f)
		return;
	put_head(f, k);
	put_echo(f, k);
	put_certificate(f, k);
	put_totals(f, k, window, ops);
	put_groups(f, k, ops);
	put_phases(f, k, window, ops);
	if (full)
		put_latency(f, k);
	fclose(f);
	fake_put("results/threads",
		 "thread\tcpu\trole\tops\n0\t0\tworker\t%" PRIu64 "\n"
		 "1\t1\tworker\t%" PRIu64 "\n",
		 ops / 2, ops - ops / 2);
	fake_put("results/histogram", "name\tlower_ns\tupper_ns\tcount\n%s%s",
		 full ? "acquire_ns\t1000\t1032\t99\nacquire_ns\t5000\t5120\t1\n" :
			"",
		 full && number_of(k, P_rate) ?
			 "response_ns\t7000\t7001\t9\nresponse_ns\t8000000\t8000001\t1\n" :
			 "");
}
