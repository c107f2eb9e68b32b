// SPDX-License-Identifier: GPL-2.0
/*
 * The fake module's judgement, time and results. Everything is a function of
 * its files, the clock and the environment; see fakemod.c.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "fakemodel.h"

char fake_root[4096];

static const char variants[] =
	"name\tflags\tdoc\n"
	"none\tblocks,unchecked\tno lock\n"
	"broken\tblocks,fails\ttakes no lock\n"
	"token-poll\tblocks,drops,lwkt\ttokens of June 2010\n"
	"token-ipi\tblocks,drops,lwkt\ttokens of December 2010\n"
	"token-handoff\tblocks,drops,lwkt\ttokens with hand-off\n"
	"mutex\tblocks,ordered\tstruct mutex\n"
	"spinlock\tordered\tspinlock_t\n"
	"mute\t-\ta lock without counters of its own\n";

static uint64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000ULL + ts.tv_nsec / 1000000;
}

const char *fake_env(const char *name)
{
	const char *v = getenv(name);

	return v ? v : "";
}

static __attribute__((format(printf, 2, 3))) void put(const char *name,
						      const char *fmt, ...)
{
	char path[5000];
	va_list ap;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", fake_root, name);
	f = fopen(path, "we");
	if (!f)
		return;
	va_start(ap, fmt);
	vfprintf(f, fmt, ap);
	va_end(ap);
	fclose(f);
}

static void get(const char *name, char *out)
{
	char path[5000];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", fake_root, name);
	*out = '\0';
	f = fopen(path, "re");
	if (!f)
		return;
	if (!fgets(out, VALUE_MAX, f))
		*out = '\0';
	out[strcspn(out, "\n")] = '\0';
	fclose(f);
}

void fake_load(void)
{
	char path[5000];
	FILE *f;
	size_t i;

	snprintf(path, sizeof(path), "%s/config", fake_root);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/config/token", fake_root);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/results", fake_root);
	mkdir(path, 0755);
	put("version", "tokbench 9.8.7 abi %s\n",
	    *fake_env("FAKE_ABI") ? fake_env("FAKE_ABI") : "1");
	put("variants", "%s", variants);
	snprintf(path, sizeof(path), "%s/parameters", fake_root);
	f = fopen(path, "we");
	if (!f)
		return;
	fake_put_params(f);
	fclose(f);
	for (i = 0; i < NR_P; i++) {
		snprintf(path, sizeof(path), "config/%s", fake_params[i].name);
		put(path, "leftover\n");
	}
	put("control", "%s", "");
	put("error", "%s", "");
	put("state", "idle 0 - 0 0\n");
	put("results/summary", "%s", "");
	put("results/threads", "%s", "");
	put("results/histogram", "%s", "");
}

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
	{ "token-handoff", "wakeups", 9 },
	{ "token-handoff", "futile_wakeups", 4 },
	{ "token-handoff", "spins", 66400 },
	{ "token-handoff", "sorted_entries", 1 },
	{ "token-handoff", "grants", 2 },
};

/* All of them, also those that stay zero; attempts_failed has its own line. */
static void put_lwkt_counters(FILE *f, const char *lock, uint64_t ops)
{
	static const char *const names[] = {
#define X(name, ...) #name,
		LWKT_THREAD_COUNTERS(X) LWKT_CPU_COUNTERS(X)
#undef X
	};
	size_t i, j;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		uint64_t v = 0;

		for (j = 0; j < sizeof(ledger) / sizeof(ledger[0]); j++)
			if (!strcmp(ledger[j].lock, lock) &&
			    !strcmp(ledger[j].counter, names[i]))
				v = ops / 1000 * ledger[j].per_1000;
		if (!strcmp(names[i], "scan_ns"))
			v = UINT64_MAX;
		if (strcmp(names[i], "attempts_failed") != 0)
			fprintf(f, "totals.%s %" PRIu64 "\n", names[i], v);
	}
}

/* Counters that follow from the run's number, so that a test can name them. */
void fake_publish(const struct fake *k)
{
	const char *lock = k->values[P_lock];
	bool lwkt = !strncmp(lock, "token", 5);
	const char *echo = fake_env("FAKE_ECHO");
	uint64_t window = (k->elapsed_ms > k->warmup_ms ?
				   k->elapsed_ms - k->warmup_ms :
				   1) *
			  1000000;
	uint64_t ops = k->run * 1000;
	bool bad_run = *fake_env("FAKE_INVALID_RUN") &&
		       k->run ==
			       strtoull(fake_env("FAKE_INVALID_RUN"), NULL, 10);
	char path[5000];
	FILE *f;
	size_t i;

	if (*fake_env("FAKE_SUMMARY")) {
		put("results/summary", "%s", fake_env("FAKE_SUMMARY"));
		return;
	}
	snprintf(path, sizeof(path), "%s/results/summary", fake_root);
	f = fopen(path, "we");
	if (!f)
		return;
	fprintf(f, "schema 1\nrun %s%" PRIu64 "\nlock %s\nflags %s\n",
		fake_env("FAKE_RUN"), k->run, lock,
		lwkt ? "blocks,drops,lwkt" : "-");
	if (!strcmp(lock, "broken"))
		fputs("verdict FAILED\nreason 17 exclusion violations, \"none\" allowed\n"
		      "reason 3 lost updates\n",
		      f);
	else if (!strcmp(lock, fake_env("FAKE_INVALID")) || bad_run)
		fputs("verdict INVALID\nreason overlap 0.812 is below 0.95\n",
		      f);
	else
		fputs("verdict ok\n", f);
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
	fprintf(f,
		"certificate.overlap 0.9987\ncertificate.kernel 6.1\ncertificate.stopped %d\n"
		"certificate.hypervisor none\ncertificate.times %s\n",
		k->stopped,
		*fake_env("FAKE_TIMES") ? fake_env("FAKE_TIMES") : "ok");
	fprintf(f,
		"totals.window_ns %" PRIu64 "\ntotals.ops %" PRIu64
		"\ntotals.threads 2\n"
		"totals.ideal_ops %" PRIu64
		"\ntotals.jain_ops 0.9876\ntotals.efficiency 0.5\n",
		window, ops, ops * 2);
	if (strcmp(lock, "mute") != 0)
		fprintf(f, "totals.attempts_failed %" PRIu64 "\n", ops * 3);
	if (lwkt)
		put_lwkt_counters(f, lock, ops);
	if (!strcmp(k->values[P_measure], "full"))
		fprintf(f,
			"latency.acquire_ns.count 100\nlatency.acquire_ns.mean 1500.5\n"
			"latency.acquire_ns.p50 1015\nlatency.acquire_ns.p90 1015\n"
			"latency.acquire_ns.p99 1015\nlatency.acquire_ns.p999 5059\n"
			"latency.acquire_ns.max %" PRIu64 "\n",
			5060 + k->run);
	fclose(f);
	put("results/threads",
	    "thread\tcpu\trole\tops\n0\t0\tworker\t%" PRIu64 "\n"
	    "1\t1\tworker\t%" PRIu64 "\n",
	    ops / 2, ops - ops / 2);
	if (!strcmp(k->values[P_measure], "full"))
		put("results/histogram",
		    "name\tlower_ns\tupper_ns\tcount\n"
		    "acquire_ns\t1000\t1032\t99\nacquire_ns\t5000\t5120\t1\n");
	else
		put("results/histogram", "name\tlower_ns\tupper_ns\tcount\n");
}

static void write_state(const struct fake *k, const char *word)
{
	if (*fake_env("FAKE_STATE"))
		put("state", "%s", fake_env("FAKE_STATE"));
	else
		put("state", "%s %" PRIu64 " %s %" PRIu64 " %" PRIu64 "\n",
		    word, k->run, k->run ? k->values[P_lock] : "-",
		    k->over ? 0 : k->elapsed_ms,
		    k->over ? 0 : k->warmup_ms + k->duration_ms);
}

/* Let time pass until now. */
void fake_advance(struct fake *k)
{
	uint64_t total = k->warmup_ms + k->duration_ms;
	uint64_t elapsed = now_ms() - k->started_ms;

	if (!k->on) {
		if (*fake_env("FAKE_STATE"))
			write_state(k, "");
		return;
	}
	k->elapsed_ms = elapsed < total ? elapsed : total;
	if (elapsed < total && !k->stopped) {
		write_state(k, k->elapsed_ms < k->warmup_ms ? "warm" : "run");
		return;
	}
	k->on = false;
	/* The times in the file state are of a run that is on. */
	k->over = true;
	if (*fake_env("FAKE_FAIL")) {
		put("error", "threads: no memory for the 4096th\n");
		write_state(k, "failed");
		return;
	}
	fake_publish(k);
	write_state(k, "done");
}

int fake_refuse(int error, const char *name, const char *value,
		const char *allowed)
{
	put("error", "%s: '%.60s': %s\n", name, value, allowed);
	return error;
}

static int check_value(size_t p, const char *name, const char *value)
{
	const char *w = fake_words(fake_params[p].kind);
	char line[VALUE_MAX + 8];
	char lock[VALUE_MAX];
	char *end;

	if (p >= P_FIRST_KNOB) {
		get("config/lock", lock);
		if (!strcmp(fake_knob_default(p, lock, line), "-"))
			return fake_refuse(EINVAL, name, value,
					   "the lock has no such mechanism");
	}

	if (p == P_cpus) {
		if (*value && strpbrk(value, "89"))
			return fake_refuse(EINVAL, name, value,
					   "only the CPUs 0-7 are online");
		return 0;
	}
	if (p == P_lock) {
		snprintf(line, sizeof(line), "\n%s\t", value);
		return strstr(variants, line) ?
			       0 :
			       fake_refuse(EINVAL, name, value, "not a lock");
	}
	for (; w && *w; w += strlen(w) + 1)
		if (!strcmp(w, value))
			return 0;
	if (fake_words(fake_params[p].kind))
		return fake_refuse(EINVAL, name, value,
				   "not a word of this list");
	errno = 0;
	if (!*value || strspn(value, "0123456789") != strlen(value) ||
	    strtoull(value, &end, 10) < fake_params[p].min ||
	    strtoull(value, &end, 10) > fake_params[p].max || errno)
		return fake_refuse(EINVAL, name, value,
				   "not a number in range");
	return 0;
}

static void reset_knobs(const char *lock)
{
	char path[256];
	char def[32];
	size_t p;

	for (p = P_FIRST_KNOB; p < NR_P; p++) {
		snprintf(path, sizeof(path), "config/%s", fake_params[p].name);
		put(path, "%s\n", fake_knob_default(p, lock, def));
	}
}

int fake_config(struct fake *k, const char *name, const char *value)
{
	size_t p;
	int error;

	for (p = 0; p < NR_P; p++)
		if (!strcmp(name + strlen("config/"), fake_params[p].name))
			break;
	if (k->on)
		return fake_refuse(EBUSY, name, value, "a run is on");
	error = p < NR_P ? check_value(p, name, value) : ENOENT;
	if (!error)
		put(name, "%s\n", value);
	if (!error && p == P_lock)
		reset_knobs(value);
	return error;
}

static int do_start(struct fake *k)
{
	char path[256];
	size_t i;

	if (*fake_env("FAKE_START_ERRNO"))
		return fake_refuse(atoi(fake_env("FAKE_START_ERRNO")),
				   "control", "start",
				   "said the test, allowed: nothing");
	if (k->on)
		return fake_refuse(EBUSY, "control", "start", "a run is on");
	for (i = 0; i < NR_P; i++) {
		snprintf(path, sizeof(path), "config/%s", fake_params[i].name);
		get(path, k->values[i]);
	}
	if (!strcmp(k->values[P_pick], "partition"))
		return fake_refuse(EINVAL, "control", "start",
				   "set_size 1 is more than the 0 locks of a CPU's part");
	k->run++;
	k->on = true;
	k->stopped = false;
	k->over = false;
	k->started_ms = now_ms();
	k->elapsed_ms = 0;
	k->warmup_ms = strtoull(k->values[P_warmup_ms], NULL, 10);
	k->duration_ms = strtoull(k->values[P_duration_ms], NULL, 10);
	write_state(k, "warm");
	return 0;
}

int fake_control(struct fake *k, const char *word)
{
	if (!strcmp(word, "start"))
		return do_start(k);
	if (!strcmp(word, "stop")) {
		if (!k->on)
			return fake_refuse(ESRCH, "control", word,
					   "no run is on");
		k->stopped = true;
		return 0;
	}
	return fake_refuse(EINVAL, "control", word,
			   "start, stop, reset or bench");
}
